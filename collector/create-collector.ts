import { assembleCollector, type AssembledCollector } from './assemble-collector.ts';
import type { CollectorOptions } from './collector-options.ts';
import { startDeadline } from './deadline.ts';
import type { LogCounts } from './enrich/log-fetcher.ts';
import { openGaps } from './open-gaps.ts';
import { createQuiet } from './quiet.ts';
import { testRedaction } from './redact/self-test.ts';
import type { ShipperState } from './ship/shipper.ts';
import type { UsageCounts } from './usage/usage-sampler.ts';
import type { SpoolSize } from './spool/spool.ts';
import { checkReachable } from './watch/check-reachable.ts';
import type { SourceState } from './watch/resource-source.ts';

export interface CollectorStatus {
  readonly sources: readonly SourceState[];
  readonly spool: SpoolSize;
  readonly shipped: ShipperState;
  readonly logs: LogCounts;
  readonly logsWaiting: number;
  readonly usage: UsageCounts;
  /** Pods that are remembered. */
  readonly pods: number;
  /** Objects, logs and requests that are being worked on. */
  readonly inFlight: number;
  /** Credentials replaced since the start, by rule. */
  readonly redactions: Readonly<Record<string, number>>;
  /** Coverage notes since the start, by kind. */
  readonly notes: Readonly<Record<string, number>>;
}

export interface Collector {
  /**
   * Collects until the signal aborts or `drain` is called, then drains; resolves when that is done.
   *
   * @throws {MortemError} `unreachable` or `unauthorized` when the API server does not answer at the start,
   * `internal` when a made-up credential survives the redaction
   */
  run(signal: AbortSignal): Promise<void>;
  /** Stops watching, finishes the logs on their way, says a last heartbeat and ships what is left. Calling it again waits for the same. */
  drain(): Promise<void>;
  /** See `createQuiet`: the contract with a replay in lockstep. */
  quiet(sent: ReadonlyMap<string, string>): Promise<void>;
  status(): CollectorStatus;
}

/** Logs that are on their way at a drain get this long. */
const drainLogsMs = 10_000;

/** watch ▸ trim ▸ detect ▸ enrich ▸ redact ▸ spool ▸ ship, for one cluster. Nothing is sent before `run`. */
export function createCollector(options: CollectorOptions): Collector {
  const parts = assembleCollector(options);
  const { shipper, heartbeat, watching, shipping, fieldwork, shipments } = parts;
  const sources = (): SourceState[] => parts.sources.map((source) => source.state());
  let drained: Promise<void> | undefined;

  async function drainOnce(): Promise<void> {
    const logs = startDeadline(options.clock, drainLogsMs);
    logs.signal.addEventListener('abort', () => parts.requests.abort(), { once: true });
    const gaps = options.known === undefined ? openGaps(options.name, sources(), options.clock.now()) : [];
    watching.abort();
    await fieldwork.settled();
    logs.cancel();
    for (const gap of gaps) await fieldwork.run(() => parts.recorder.record(gap));
    await fieldwork.run(() => heartbeat.beat());
    shipping.abort();
    await shipments.settled();
    const complete = await shipper.drain();
    if (!complete) sayWhatIsLeft(options, parts.spool.size().observations);
  }

  const drain = (): Promise<void> => (drained ??= drainOnce());

  return {
    async run(signal) {
      if (signal.aborted || drained !== undefined) return drain();
      signal.addEventListener('abort', () => void drain(), { once: true });
      try {
        await fieldwork.run(() => testRedaction());
        await fieldwork.run(() => checkReachable(parts.api, watching.signal));
      } catch (error) {
        if (!watching.signal.aborted) throw error;
      }
      try {
        await Promise.all([
          shipper.run(shipping.signal),
          heartbeat.run(watching.signal),
          parts.usage.run(watching.signal),
          ...runInTurns(parts),
        ]);
      } finally {
        await drain();
      }
    },
    drain,
    quiet: createQuiet({ activities: [fieldwork, shipments], sources }),
    status: () => ({
      sources: sources(),
      spool: parts.spool.size(),
      shipped: shipper.state(),
      logs: parts.logs.counts(),
      logsWaiting: parts.logs.waiting(),
      usage: parts.usage.counts(),
      pods: parts.memories.size(),
      inFlight: fieldwork.size() + shipments.size(),
      redactions: parts.recorder.redactions(),
      notes: parts.recorder.notes(),
    }),
  };
}

function sayWhatIsLeft({ spool, logger }: CollectorOptions, left: number): void {
  // A spool that was given outlives the process.
  if (spool === undefined) logger.error('drained-incompletely', { left, kept: 'nowhere: they end with this process' });
  else logger.warn('drained-incompletely', { left, kept: 'in the spool: they are shipped by the next start' });
}

/** Owners first, then pods, then events: each turn begins when every source of the turn before has listed, or failed to. */
function runInTurns({ sources, watching }: AssembledCollector): Promise<void>[] {
  return sources.map(async (source) => {
    const before = sources.filter((other) => other.resource.turn < source.resource.turn);
    await Promise.all(before.map((other) => other.firstAttempt));
    await source.run(watching.signal);
  });
}
