import type { Clock } from '#core/ports.ts';
import { addCounts, type RedactionCounts } from '#core/redact/redact.ts';
import { redactDraft } from '#core/redact/redact-draft.ts';
import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { Spool } from './spool/spool.ts';

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
}

export interface RecorderDependencies {
  readonly cluster: string;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly onAppended: (urgent: boolean) => void;
}

export function createRecorder({ cluster, spool, clock, onAppended }: RecorderDependencies): Recorder {
  let redactions: RedactionCounts = {};
  return {
    async record(draft, { urgent = false, at = clock.now() } = {}) {
      const clean = redactDraft(draft);
      redactions = addCounts(redactions, clean.counts);
      const observation: Observation = { ...clean.draft, id: observationId(clean.draft), observedAt: at.toISOString(), cluster };
      await spool.append(observation);
      onAppended(urgent);
    },
    takeRedactions() {
      const taken = redactions;
      redactions = {};
      return taken;
    },
  };
}
