import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

export const spareTimeWindowMs = 10;

/** Watches the event loop for a moment: true when it had nothing to do for a third of it. */
export async function hasSpareTime(): Promise<boolean> {
  const before = performance.eventLoopUtilization();
  await setTimeout(spareTimeWindowMs);
  return performance.eventLoopUtilization(before).utilization < 2 / 3;
}
