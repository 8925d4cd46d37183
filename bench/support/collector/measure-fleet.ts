import { setTimeout as sleep } from 'node:timers/promises';
import { ceiling, cost, type BenchResult } from '../result.ts';
import { startRole, type Child } from './child.ts';
import type { Report, Storm } from './messages.ts';
import { cpuMs, residentBytes } from './process-figures.ts';
import { startCollector } from './start-collector.ts';

const warmUp = { kind: 'storm', what: 'rollout', changes: 3200, perSecond: 400 } as const;
const storms = [
  { kind: 'storm', what: 'touch', changes: 2400, perSecond: 400 },
  { kind: 'storm', what: 'rollout', changes: 3200, perSecond: 400 },
] as const;
const settleMs = 5000;
const handledMs = 1000;
/** As long as samples are kept, and one round. */
const samplingMs = 660_000;
const megabyte = 1024 * 1024;

/** The limit for the resident memory, its peak at the start included, and for the time of one watch event as a multiple of the floor. */
export interface FleetGoals {
  readonly residentMegabytes: number;
  readonly cpuRatio: number;
  /** How often both storms are weighed; the figure is the median. */
  readonly rounds: number;
  /** The cluster has metrics.k8s.io: the storms begin when ten minutes of samples are held. */
  readonly isMeasured: boolean;
}

interface Weighed {
  readonly cluster: Child;
  readonly floor: Child;
  readonly collector: { readonly pid: number };
  /** Lines the floor has read in all. */
  read: number;
}

/** Milliseconds of processor time for one event. */
interface Cost {
  readonly value: number;
  readonly floor: number;
}

/** Lists a cluster of so many pods, watches it through quiet and through rolling storms, and weighs the collector beside the floor on the same stream. */
export async function measureFleet(pods: number, goals: FleetGoals, dir: string): Promise<readonly BenchResult[]> {
  const cluster = startRole('cluster', String(pods), ...(goals.isMeasured ? ['measured'] : []));
  const serving = await cluster.report();
  if (serving.kind !== 'serving') throw new Error('the synthetic cluster did not start');
  const collector = await startCollector({ ...serving, dir });
  await collector.ready();
  const floor = startRole('floor', String(serving.apiPort), serving.cert);
  await until(cluster, (report) => report.kind === 'taken' && report.watches === 2 && report.observations >= pods);
  await sleep(settleMs);
  const listed = residentBytes(collector.pid);
  if (goals.isMeasured) await sleep(samplingMs);
  const fleet = `${pods}-pods${goals.isMeasured ? '-measured' : ''}`;
  const weighed: Weighed = { cluster, floor, collector, read: 0 };
  await weigh(warmUp, weighed);
  const costs: Readonly<Record<Storm['what'], Cost[]>> = { touch: [], rollout: [] };
  for (let round = 0; round < goals.rounds; round += 1) {
    for (const storm of storms) costs[storm.what].push(await weigh(storm, weighed));
  }
  await sleep(settleMs);
  const after = residentBytes(collector.pid);
  const bare = residentBytes(floor.pid);
  for (const child of [collector, floor, cluster]) await child.stop();
  const memory = (part: string, bytes: number, floorBytes: number): BenchResult =>
    ceiling(`collector.memory.${part}.${fleet}`, 'MB', { value: bytes / megabyte, floor: floorBytes / megabyte }, goals.residentMegabytes);
  const cpu = (part: string, measured: readonly Cost[]): BenchResult =>
    cost(`collector.cpu-per-watch-event.${part}.${fleet}`, 'ms', medianOf(measured), goals.cpuRatio);
  return [
    memory('start-peak', listed.peak, bare.peak),
    memory('listed', listed.now, bare.now),
    memory('storm-peak', after.peak, bare.peak),
    memory('steady', after.now, bare.now),
    cpu('unchanged', costs.touch),
    cpu('rollout', costs.rollout),
  ];
}

/** Sends the events and waits until both have done with them: what both spent meanwhile, for each event. */
async function weigh(order: Storm, weighed: Weighed): Promise<Cost> {
  const { cluster, floor, collector } = weighed;
  const before = { collector: cpuMs(collector.pid), floor: cpuMs(floor.pid) };
  cluster.order(order);
  const stormed = await cluster.report();
  if (stormed.kind !== 'stormed') throw new Error('the storm did not end');
  // What changes nothing is not sent: there is nothing to wait for.
  if (order.what === 'touch') await sleep(handledMs);
  else await until(cluster, (report) => report.kind === 'taken' && report.newest === stormed.resourceVersion);
  weighed.read += order.changes;
  await until(floor, (report) => report.kind === 'read' && report.lines === weighed.read);
  return {
    value: (cpuMs(collector.pid) - before.collector) / order.changes,
    floor: (cpuMs(floor.pid) - before.floor) / order.changes,
  };
}

function medianOf(costs: readonly Cost[]): Cost {
  const sorted = costs.toSorted((a, b) => a.value / a.floor - b.value / b.floor);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was weighed');
  return middle;
}

async function until(child: Child, isDone: (report: Report) => boolean): Promise<void> {
  for (;;) {
    child.order({ kind: 'ask' });
    if (isDone(await child.report())) return;
    await sleep(200);
  }
}
