import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { findSigns } from '#core/rules/find-signs.ts';
import { rules } from '#core/rules/registry.ts';
import type { Observation } from '#core/wire/observation.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { cost, printResults, worstOf, type BenchResult } from './support/result.ts';

/** What classifying 10,000 pod states with their events costs, beside JSON.parse of the same bytes in the same run. */

const stories = loadStories([
  's01-image-tag-not-found',
  's09-liveness-kills-slow-boot',
  's12-oom-main',
  's14b-secret-missing',
  's16-pending-insufficient',
  's24-seed-story',
  's25-healthy-rollout-and-scale-down',
]);
const wantedStates = 10_000;
const rounds = 5;
const repetitions = 3;

const statesOfAllStories = stories.flat().filter((draft) => draft.kind === 'pod').length;
const workloads = Math.ceil((wantedStates / statesOfAllStories) * stories.length);
const observations = makeFleet(stories, { workloads, from: Date.parse('2026-11-22T12:00:00Z') });
const lines = observations.map((item) => JSON.stringify(item));
const groups = groupByWorkload(observations);
const now = Math.max(...observations.map((item) => Date.parse(item.observedAt)));

// Twice, for the compiler.
measure();
measure();
const measured: BenchResult[][] = [];
for (let round = 0; round < rounds; round += 1) measured.push([measure()]);
printResults(worstOf(measured), process.argv.includes('--json'));

function measure(): BenchResult {
  const floor = timed(() => lines.reduce((sum, line) => sum + String(JSON.parse(line)).length, 0));
  const value = timed(() => groups.reduce((sum, group) => sum + classify(group), 0));
  return cost('classify.pod-states', 'ms', { value, floor }, 3);
}

function classify({ key, own }: (typeof groups)[number]): number {
  const { primary, secondary } = findSigns(toWorkloadHistory({ key, observations: own, now }), rules);
  return primary.length + secondary.length;
}

/** Events go to the workload of their pod, as the store hands them out. */
function groupByWorkload(items: readonly Observation[]) {
  const workloadOf = new Map(items.flatMap((item) => (item.kind === 'pod' ? [[item.uid, item.workload.name] as const] : [])));
  const named = items.flatMap((item) => {
    const name =
      item.kind === 'pod' ? item.workload.name : item.kind === 'event' ? workloadOf.get(item.involvedObject.uid ?? '') : undefined;
    return name === undefined ? [] : [{ name, item }];
  });
  return [...Map.groupBy(named, ({ name }) => name)].map(([name, own]) => ({
    key: { cluster: 'bench', namespace: own[0]?.item.kind === 'pod' ? own[0].item.namespace : 'bench', kind: 'Deployment', name },
    own: own.map(({ item }) => item),
  }));
}

/** Milliseconds of this thread's processor time, the least disturbed of some repetitions: what else runs on the machine is no part of the cost. */
function timed(work: () => number): number {
  const costs = Array.from({ length: repetitions }, () => {
    const start = process.threadCpuUsage();
    if (work() < 0) throw new Error('unreachable: keeps the work from being optimised away');
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...costs);
}
