import { setTimeout as sleep } from 'node:timers/promises';
import { ceiling, cost, type BenchResult } from '../result.ts';
import { startRole, type Child } from './child.ts';
import type { Report } from './messages.ts';
import { cpuMs, residentBytes } from './process-figures.ts';
import { startCollector } from './start-collector.ts';

const warmUp = { kind: 'storm', changes: 1600, perSecond: 400 } as const;
const measured = { kind: 'storm', changes: 4000, perSecond: 400 } as const;
const settleMs = 5000;
const megabyte = 1024 * 1024;

/** The limit for the resident memory, its peak at the start included, and for the time of one watch event as a multiple of the floor. */
export interface FleetGoals {
  readonly residentMegabytes: number;
  readonly cpuRatio: number;
}

/** Lists a cluster of so many pods, watches it through a rolling storm, and weighs the collector beside the floor on the same stream. */
export async function measureFleet(pods: number, goals: FleetGoals, dir: string): Promise<readonly BenchResult[]> {
  const cluster = startRole('cluster', String(pods));
  const serving = await cluster.report();
  if (serving.kind !== 'serving') throw new Error('the synthetic cluster did not start');
  const collector = await startCollector({ ...serving, dir });
  await collector.ready();
  const floor = startRole('floor', String(serving.apiPort), serving.cert);
  await until(cluster, (report) => report.kind === 'taken' && report.watches === 2 && report.observations >= pods);
  await sleep(settleMs);
  const listed = residentBytes(collector.pid);
  const read = await storm(warmUp, { cluster, floor }, 0);
  const before = { collector: cpuMs(collector.pid), floor: cpuMs(floor.pid) };
  await storm(measured, { cluster, floor }, read);
  const spent = { collector: cpuMs(collector.pid) - before.collector, floor: cpuMs(floor.pid) - before.floor };
  await sleep(settleMs);
  const after = residentBytes(collector.pid);
  const bare = residentBytes(floor.pid);
  for (const child of [collector, floor, cluster]) await child.stop();
  const memory = (part: string, bytes: number, floorBytes: number): BenchResult =>
    ceiling(
      `collector.memory.${part}.${pods}-pods`,
      'MB',
      { value: bytes / megabyte, floor: floorBytes / megabyte },
      goals.residentMegabytes,
    );
  return [
    memory('start-peak', listed.peak, bare.peak),
    memory('listed', listed.now, bare.now),
    memory('storm-peak', after.peak, bare.peak),
    memory('steady', after.now, bare.now),
    cost(
      `collector.cpu-per-watch-event.${pods}-pods`,
      'ms',
      { value: spent.collector / measured.changes, floor: spent.floor / measured.changes },
      goals.cpuRatio,
    ),
  ];
}

/** Sends changes and waits until both have done with them; gives the lines the floor has read in all. */
async function storm(
  order: typeof warmUp | typeof measured,
  { cluster, floor }: { readonly cluster: Child; readonly floor: Child },
  readBefore: number,
): Promise<number> {
  cluster.order(order);
  const stormed = await cluster.report();
  if (stormed.kind !== 'stormed') throw new Error('the storm did not end');
  await until(cluster, (report) => report.kind === 'taken' && report.newest === stormed.resourceVersion);
  const lines = readBefore + order.changes;
  await until(floor, (report) => report.kind === 'read' && report.lines === lines);
  return lines;
}

async function until(child: Child, isDone: (report: Report) => boolean): Promise<void> {
  for (;;) {
    child.order({ kind: 'ask' });
    if (isDone(await child.report())) return;
    await sleep(200);
  }
}
