import { hash } from 'node:crypto';
import type { Clock, Logger } from '#core/ports.ts';
import { addCounts, type RedactionCounts } from '#core/redact/redact.ts';
import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { Activity } from './activity.ts';
import { redactFully } from './redact/redact-fully.ts';
import { AppendFault } from './spool/append-fault.ts';
import type { Spool } from './spool/spool.ts';
import { createBackOff } from './watch/back-off.ts';

export interface RecordOptions {
  /** Carries a death or a failure: leaves within half a second. */
  readonly urgent?: boolean;
  /** When it was observed; default: now. */
  readonly at?: Date;
}

/** The one way into the spool: redacted, named, stamped. */
export interface Recorder {
  record(draft: Draft, options?: RecordOptions): Promise<void>;
  /** Redactions per rule since the last call. */
  takeRedactions(): RedactionCounts;
  /** Redactions per rule since the start. */
  redactions(): RedactionCounts;
  /** Coverage notes per kind since the start, heartbeats left out: each says what was not seen. */
  notes(): Readonly<Record<string, number>>;
}

export interface RecorderDependencies {
  readonly cluster: string;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Waiting for a disk that fails is not work. */
  readonly activity: Activity;
  /** Aborted at a drain: then a line gets its last tries at once. */
  readonly signal: AbortSignal;
  readonly onAppended: (urgent: boolean) => void;
}

const lastTries = 3;

/** Ten times as fast as the one in `core`, which may not import Node. */
function sha256(text: string): string {
  return hash('sha256', text);
}

export function createRecorder(dependencies: RecorderDependencies): Recorder {
  const { cluster, clock, onAppended } = dependencies;
  let redactions: RedactionCounts = {};
  let total: RedactionCounts = {};
  let notes: RedactionCounts = {};
  return {
    async record(draft, { urgent = false, at = clock.now() } = {}) {
      const clean = await redactFully(draft);
      redactions = addCounts(redactions, clean.counts);
      total = addCounts(total, clean.counts);
      const observation: Observation = { ...clean.draft, id: observationId(clean.draft, sha256), observedAt: at.toISOString(), cluster };
      const note = draft.kind === 'coverage' && draft.note !== 'heartbeat' ? draft.note : undefined;
      // Not awaited here: while the disk is waited for, nobody holds the draft.
      return appendSurely(dependencies, observation, () => {
        if (note !== undefined) notes = addCounts(notes, { [note]: 1 });
        onAppended(urgent);
      });
    },
    takeRedactions() {
      const taken = redactions;
      redactions = {};
      return taken;
    },
    redactions: () => total,
    notes: () => notes,
  };
}

/**
 * A disk that fails makes whoever observes wait, and with it the watch: nothing is dropped, and nothing piles up. Not async: each
 * function that waits is a kilobyte that outlives the young generation.
 */
function appendSurely(dependencies: RecorderDependencies, observation: Observation, tell: () => void): Promise<void> {
  return dependencies.spool.append(observation).then(tell, async (error: unknown) => {
    await appendAgain(dependencies, error);
    tell();
  });
}

async function appendAgain({ spool, clock, random, logger, activity, signal }: RecorderDependencies, firstFault: unknown): Promise<void> {
  if (!(firstFault instanceof AppendFault)) throw firstFault;
  const { line } = firstFault;
  const observation: Observation = JSON.parse(line);
  const backOff = createBackOff(random);
  let fault: unknown = firstFault;
  for (let left = lastTries; ;) {
    if (signal.aborted) left -= 1;
    if (left === 0) throw fault;
    const retryInMs = backOff.next();
    logger.warn('append-failed', { kind: observation.kind, retryInMs, error: fault instanceof Error ? fault.message : String(fault) });
    await activity.idleWhile(clock.sleep(retryInMs, signal));
    try {
      return await spool.append(observation, line);
    } catch (error) {
      fault = error;
    }
  }
}
