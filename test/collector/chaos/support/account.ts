import { expect } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { RunningServer } from '../../../../functions/serve.ts';
import { capturedIn, countedAsMissed, fellIntoUnwatchedTime, listedAsGap, terminationsOf } from './terminations.ts';

/** Asserts that each termination of the recordings was captured or is listed as a gap with its reason, and that none counts twice. */
export async function expectAllAccounted(
  recordings: readonly string[],
  stored: readonly Observation[],
  server: RunningServer,
): Promise<void> {
  await server.idle();
  const incidents = await server.deps.store.incidents({ cluster: 'chaos' });
  const terminations = recordings.flatMap(terminationsOf);
  const captured = capturedIn(stored);
  const missing = terminations.filter(({ containerID }) => !captured.has(containerID));
  const silent = missing.filter((one) => {
    if (fellIntoUnwatchedTime(stored, one)) return false;
    const ofSame = missing.filter(({ pod, container }) => pod === one.pod && container === one.container);
    return Math.max(listedAsGap(stored, one), countedAsMissed(incidents, one)) < ofSame.length;
  });
  expect(silent, 'neither captured nor listed as a gap').toEqual([]);
  const sum = (pick: (of: { terminationsSeen: number; terminationsKnown: number }) => number): number =>
    incidents.reduce((total, { coverage }) => total + pick(coverage), 0);
  expect(sum(({ terminationsSeen }) => terminationsSeen)).toBeLessThanOrEqual(captured.size);
  expect(sum(({ terminationsKnown }) => terminationsKnown)).toBeLessThanOrEqual(terminations.length);
}
