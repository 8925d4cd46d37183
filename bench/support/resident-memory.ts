import { readFileSync } from 'node:fs';

export interface MemorySample {
  /** Seconds after the start. */
  readonly at: number;
  readonly megabytes: number;
}

/** Samples the resident memory of another process each second, on Linux, until it is stopped. */
export function watchMemory(pid: number): { readonly stop: () => readonly MemorySample[] } {
  const start = performance.now();
  const samples: MemorySample[] = [];
  const timer = setInterval(() => {
    const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    samples.push({ at: (performance.now() - start) / 1000, megabytes: (Number(kibibytes) * 1024) / 1e6 });
  }, 1000);
  return {
    stop() {
      clearInterval(timer);
      return samples;
    },
  };
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
