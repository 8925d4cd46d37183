import { existsSync, readFileSync } from 'node:fs';

export interface MemorySample {
  /** Seconds after the start. */
  readonly at: number;
  readonly megabytes: number;
}

/** Samples the resident memory of another process each second, on Linux, until it is stopped. */
export function watchMemory(pid: number): { readonly samples: readonly MemorySample[]; readonly stop: () => void } {
  const start = performance.now();
  const samples: MemorySample[] = [];
  const timer = setInterval(() => {
    // A process that has ended needs none; who asks it for something hears of that.
    if (!existsSync(`/proc/${pid}/status`)) return;
    const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    samples.push({ at: (performance.now() - start) / 1000, megabytes: (Number(kibibytes) * 1024) / 1e6 });
  }, 1000);
  return { samples, stop: () => clearInterval(timer) };
}

/** Megabytes an hour, by least squares. */
export function slopeOf(samples: readonly MemorySample[]): number {
  const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
  const at = mean(samples.map((sample) => sample.at));
  const megabytes = mean(samples.map((sample) => sample.megabytes));
  const above = samples.reduce((total, sample) => total + (sample.at - at) * (sample.megabytes - megabytes), 0);
  const below = samples.reduce((total, sample) => total + (sample.at - at) ** 2, 0);
  return (above / below) * 3600;
}
