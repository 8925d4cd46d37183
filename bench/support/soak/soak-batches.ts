import type { Observation } from '#core/wire/observation.ts';
import { toBatches, type SentBatch } from '../batches.ts';
import { loadStories } from '../load-stories.ts';
import { makeFleet } from '../make-fleet.ts';

const observationsPerBatch = 100;
const workloadsAtOnce = 50;
const hourMs = 3_600_000;
const start = Date.parse('2025-11-22T12:00:00Z');

/** A batch, and the container instances whose deaths it carries. */
export interface SoakBatch extends SentBatch {
  readonly dead: readonly string[];
}

/** New workloads for ever, so many at once and an hour of data time apart. */
export function* soakBatches(): Generator<SoakBatch, never> {
  const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
  for (let made = 0; ; made += 1) {
    const observations = makeFleet(stories, { workloads: workloadsAtOnce, first: made * workloadsAtOnce, from: start + made * hourMs });
    for (let at = 0; at < observations.length; at += observationsPerBatch) {
      const part = observations.slice(at, at + observationsPerBatch);
      const dead = part.flatMap(deadContainers);
      for (const batch of toBatches(part, observationsPerBatch)) yield { ...batch, dead };
    }
  }
}

function deadContainers(item: Observation): readonly string[] {
  if (item.kind !== 'pod') return [];
  const ends = item.containers.flatMap(({ state, lastState }) => [state?.terminated?.containerID, lastState?.terminated?.containerID]);
  return ends.filter((id) => id !== undefined);
}
