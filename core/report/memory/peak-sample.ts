import { parseQuantity } from '../../rules/quantity.ts';
import type { UsageObservation } from '../../wire/usage.ts';

export interface PeakSample {
  readonly usage: UsageObservation;
  readonly bytes: number;
  /** Of the first sample of the same attempt. */
  readonly firstBytes: number;
  readonly samples: number;
  /** Percent of the limit, rounded; absent without a limit. */
  readonly share?: number;
}

/** The highest memory sample of some attempts, and how far it was from the limit. */
export function peakSample(records: readonly UsageObservation[], limit: string | undefined): PeakSample | undefined {
  const [highest] = records
    .map((usage) => ({ usage, bytes: Math.max(...usage.samples.map((sample) => sample.bytes)) }))
    .toSorted((a, b) => b.bytes - a.bytes || (a.usage.id < b.usage.id ? -1 : 1));
  if (highest === undefined) return undefined;
  const bound = limit === undefined ? undefined : parseQuantity(limit);
  return {
    ...highest,
    firstBytes: highest.usage.samples[0]?.bytes ?? highest.bytes,
    samples: highest.usage.samples.length,
    ...(bound === undefined || bound === 0 ? {} : { share: Math.round((highest.bytes / bound) * 100) }),
  };
}

/** `192 MiB` */
export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
