import { slopeOf, type MemorySample } from '../resident-memory.ts';
import type { Sent } from '../steady-load.ts';

/** What a soak left to look at; times in seconds after its start. */
export interface SoakRun {
  readonly seconds: number;
  readonly sent: readonly Sent[];
  readonly samples: readonly MemorySample[];
}

const windows = 10;

/** Accepts and memory of the second to fourth tenth of the run, which is warm by then, and of the last three. */
export function compareEnds({ seconds, sent, samples }: SoakRun) {
  const of = (from: number, to: number) => ({
    count: within(sent, from * seconds, to * seconds).length,
    p99: quantile(within(sent, from * seconds, to * seconds), 0.99),
    megabytes: most(samples.filter(({ at }) => at >= from * seconds && at < to * seconds)),
  });
  return { early: of(0.1, 0.4), late: of(0.7, 1) };
}

/** A line for each tenth of the run, and what memory did in all. */
export function describeSoak({ seconds, sent, samples }: SoakRun): readonly string[] {
  const lines = Array.from({ length: windows }, (_, window) => {
    const [from, to] = [(window * seconds) / windows, ((window + 1) * seconds) / windows];
    return `${(to / 60).toFixed(1)} min: ${describeSpan({ sent: within(sent, from, to), samples: samples.filter(({ at }) => at >= from && at < to) })}`;
  });
  const [first, last] = [samples[0]?.megabytes ?? 0, samples.at(-1)?.megabytes ?? 0];
  const slope = slopeOf(samples.filter(({ at }) => at > seconds / 2));
  return [
    ...lines,
    `RSS: start ${first.toFixed(0)}, end ${last.toFixed(0)}, most ${most(samples).toFixed(0)} MB; ${slope.toFixed(0)} MB an hour over the second half`,
  ];
}

export function describeSpan({ sent, samples }: Pick<SoakRun, 'sent' | 'samples'>): string {
  const refused = sent.reduce((total, one) => total + one.refused, 0);
  const broken = sent.reduce((total, one) => total + one.broken, 0);
  const faults = sent.filter(({ fault }) => fault !== undefined).length;
  return `${sent.length} batches, p50 ${quantile(sent, 0.5).toFixed(1)} ms, p99 ${quantile(sent, 0.99).toFixed(1)} ms, ${refused} asked to wait, ${broken} sent again, ${faults} faults, RSS ${most(samples).toFixed(0)} MB`;
}

function within(sent: readonly Sent[], from: number, to: number): readonly Sent[] {
  return sent.filter(({ dueAt }) => dueAt >= from && dueAt < to);
}

function quantile(part: readonly Sent[], of: number): number {
  const sorted = part.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}

function most(samples: readonly MemorySample[]): number {
  return samples.reduce((largest, { megabytes }) => Math.max(largest, megabytes), 0);
}
