import type { ServerResponse } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { accessTable, type AccessRow } from '../../../collector/install/rbac-table.ts';
import { watchedResources } from '../../../collector/watch/watched-resources.ts';
import { failure } from '../../../replay/api-status.ts';
import type { FaultHook } from '../../../replay/fault.ts';
import { sendJson, sendStatus } from '../support/api-double.ts';
import { replayThrough, type Replayed } from '../support/replay-through.ts';
import { pod, startCollector } from '../support/start-collector.ts';

const words = ({ verb, resource, apiGroup }: AccessRow): string =>
  `${resource}${apiGroup === '' ? '' : `.${apiGroup}`} is forbidden: User "reader" cannot ${verb} resource "${resource}"`;

/** An API server that allows everything but one right. */
function without(row: AccessRow): FaultHook {
  const asksFor = (path: string, query: URLSearchParams): boolean => {
    const [last = '', before = '', twoBefore = ''] = path.split('/').toReversed();
    if (path.startsWith('/apis/metrics.k8s.io/') !== (row.feature === 'usage')) return false;
    if (row.resource === 'pods/log') return last === 'log';
    if (row.verb === 'get') return before === row.resource && twoBefore !== 'v1';
    return last === row.resource && (query.get('watch') === 'true') === (row.verb === 'watch');
  };
  return ({ path, query }) => (asksFor(path, query) ? (failure(403, words(row)) as { status: number; body: string }) : undefined);
}

/** The resource whose watch an observation came through. */
function sourceOf(observation: Observation): string | undefined {
  if (observation.kind === 'workload') return watchedResources.find(({ kind }) => kind === observation.objectKind)?.plural;
  const sources: Partial<Record<Observation['kind'], string>> = { pod: 'pods', log: 'pods', event: 'events', node: 'nodes' };
  return sources[observation.kind];
}

const recording = 's24-seed-story';
let allowed: Replayed;
beforeAll(async () => {
  allowed = await replayThrough(recording);
});

const told = ({ observations }: Replayed): Observation[] => observations.filter(({ kind }) => kind !== 'coverage');
const forbiddenNotes = ({ observations }: Replayed) =>
  observations.flatMap((one) => (one.kind === 'coverage' && one.note === 'forbidden' ? [[one.resource, one.reason]] : []));
const refused = ({ status }: Replayed) => status.sources.flatMap(({ phase, resource }) => (phase === 'refused' ? [resource] : []));

/** What one of them told and the other did not, but for logs, which are asked for because of pods and of events. */
function missing(from: Replayed, than: Replayed, ofOthersThan: string): string[] {
  const there = new Set(from.observations.map(({ id }) => id));
  return told(than)
    .filter((one) => one.kind !== 'log' && sourceOf(one) !== ofOthersThan && !there.has(one.id))
    .map((one) => `${sourceOf(one)} ${one.id}`);
}

describe('a resource that may not be', () => {
  test.each(accessTable.filter(({ verb, feature }) => verb === 'list' && feature !== 'usage'))(
    'listed is not told, and the rest is: $resource',
    async (row) => {
      const replayed = await replayThrough(recording, [], { fault: without(row) });
      expect(forbiddenNotes(replayed)).toEqual([[row.resource, words(row)]]);
      expect(refused(replayed)).toEqual([row.resource]);
      expect(told(replayed).filter((one) => sourceOf(one) === row.resource)).toEqual([]);
      expect(missing(replayed, allowed, row.resource)).toEqual([]);
    },
  );

  test.each(accessTable.filter(({ verb }) => verb === 'watch'))('watched is told as it was at the start: $resource', async (row) => {
    const replayed = await replayThrough(recording, [], { fault: without(row) });
    expect(forbiddenNotes(replayed)).toEqual([[row.resource, words(row)]]);
    expect(refused(replayed)).toEqual([row.resource]);
    // In this recording everything but the node came after the start.
    expect(told(replayed).filter((one) => one.kind !== 'node' && sourceOf(one) === row.resource)).toEqual([]);
    expect(missing(replayed, allowed, row.resource)).toEqual([]);
  });
});

describe('a right to read one object', () => {
  const withoutGet = (resource: string, options: Parameters<typeof replayThrough>[2] = {}, of = recording) => {
    const row = accessTable.find((one) => one.verb === 'get' && one.resource === resource);
    if (row === undefined) throw new Error(`no row for get ${resource}`);
    return { row, replayed: replayThrough(of, [], { fault: without(row), ...options }) };
  };
  const logsIn = ({ observations }: Replayed) => observations.flatMap((one) => (one.kind === 'log' ? [one] : []));

  test('pods/log: each death says in the words of the API why it has no log', async () => {
    const { row, replayed } = withoutGet('pods/log');
    const deaths = logsIn(allowed).filter(({ final }) => final);
    const logs = logsIn(await replayed);
    expect(deaths.length).toBeGreaterThan(3);
    expect(logs.filter(({ final }) => final).map(({ containerID }) => containerID)).toEqual(deaths.map(({ containerID }) => containerID));
    expect(logs.filter(({ text, missing: why }) => text !== undefined || why?.status !== 403 || why.reason !== words(row))).toEqual([]);
    expect(missing(await replayed, allowed, 'logs')).toEqual([]);
  });

  test('pods: logs of running containers are lost, those of deaths are not', async () => {
    const running = 's10-readiness-failing';
    expect(logsIn(await replayThrough(running)).filter(({ final }) => !final)).not.toEqual([]);
    expect(logsIn(await withoutGet('pods', {}, running).replayed)).toEqual([]);
    const deaths = (logs: readonly ReturnType<typeof logsIn>[number][]) =>
      logs.filter(({ final }) => final).map(({ containerID }) => containerID);
    const { row, replayed: playing } = withoutGet('pods');
    const replayed = await playing;
    expect(forbiddenNotes(replayed)).toEqual([['pods', words(row)]]);
    expect(deaths(logsIn(replayed))).toEqual(deaths(logsIn(allowed)));
    expect(missing(replayed, allowed, 'logs')).toEqual([]);
  });

  test('replicasets: a node knows the Deployment of a pod by its name alone', async () => {
    const shard = { kind: 'node', name: 'node-1' } as const;
    const ownersIn = ({ observations }: Replayed) =>
      new Set(observations.flatMap((one) => (one.kind === 'pod' ? [JSON.stringify(one.workload)] : [])));
    const whole = ownersIn(await replayThrough(recording, [], { shard }));
    const { row, replayed } = withoutGet('replicasets', { shard });
    expect(forbiddenNotes(await replayed)).toEqual([['replicasets', words(row)]]);
    const guessed = ownersIn(await replayed);
    const brief = (owners: Set<string>) =>
      [...owners].map((text): unknown => JSON.parse(text)).map((one) => one as { kind: string; name: string; uid?: string });
    expect(brief(whole)).toMatchObject(
      [...whole].map(() => ({ kind: 'Deployment', name: 'payments-api', uid: expect.any(String) as string })),
    );
    expect(new Set(brief(guessed).map(({ kind, name, uid }) => `${kind}/${name} ${uid}`))).toEqual(
      new Set(['Deployment/payments-api undefined']),
    );
  });

  test.each([
    ['allowed', (response: ServerResponse) => sendJson(response, 200, job), 'CronJob/nightly', []],
    [
      'not allowed',
      (response: ServerResponse) => sendStatus(response, 403, 'jobs.batch "nightly-1" is forbidden'),
      'Job/nightly-1',
      [['jobs', 'n', 'jobs.batch "nightly-1" is forbidden']],
    ],
  ])('jobs, %s: the CronJob of a pod of a node', async (_, answer, workload, notes) => {
    const { collector, observations, end } = await startCollector({
      options: { shard: { kind: 'node', name: 'node-1' } },
      objects: { pods: [{ ...pod('90'), metadata: { ...pod('90').metadata, ownerReferences: [ownedBy('Job', 'nightly-1', 'job')] } }] },
      answers: { '/apis/batch/v1/namespaces/n/jobs/nightly-1': answer },
    });
    await collector.quiet(new Map());
    await end();
    const owners = observations.flatMap((one) => (one.kind === 'pod' ? [`${one.workload.kind}/${one.workload.name}`] : []));
    expect(owners).toEqual([workload]);
    const refusals = observations.flatMap((one) =>
      one.kind === 'coverage' && one.note === 'forbidden' ? [[one.resource, one.namespace, one.reason]] : [],
    );
    expect(refusals).toEqual(notes);
  });
});

describe('memory samples', () => {
  const recorded = 's25-healthy-rollout-and-scale-down';
  const measure = () => 2 ** 20;
  const rowOf = (verb: string): AccessRow => {
    const row = accessTable.find((one) => one.verb === verb && one.feature === 'usage');
    if (row === undefined) throw new Error(`no row to ${verb} samples`);
    return row;
  };
  const notes = (replayed: Replayed, row: AccessRow): void =>
    expect(forbiddenNotes(replayed)).toEqual([['pods.metrics.k8s.io', words(row)]]);

  const othersMissing = (from: Replayed, than: Replayed) =>
    told(than).filter(({ id, kind }) => kind !== 'usage' && !from.observations.some((one) => one.id === id));

  test('list: taken pod by pod', async () => {
    const whole = await replayThrough(recorded, [], { usage: true, measure });
    const single = await replayThrough(recorded, [], { usage: true, measure, fault: without(rowOf('list')) });
    notes(single, rowOf('list'));
    expect(single.status.usage.samples).toBeGreaterThan(0);
    expect([whole.status.usage.requests.refused, single.status.usage.requests.refused]).toEqual([0, 1]);
    expect(othersMissing(single, whole)).toEqual([]);
  });

  test('get: nothing is known in node mode, and everything else is', async () => {
    const shard = { kind: 'node', name: 'node-1' } as const;
    const whole = await replayThrough(recorded, [], { usage: true, measure, shard });
    const refusedGets = await replayThrough(recorded, [], { usage: true, measure, shard, fault: without(rowOf('get')) });
    notes(refusedGets, rowOf('get'));
    expect(whole.status.usage.samples).toBeGreaterThan(0);
    expect(refusedGets.status.usage.samples).toBe(0);
    expect(refusedGets.observations.filter(({ kind }) => kind === 'usage')).toEqual([]);
    expect(othersMissing(refusedGets, whole)).toEqual([]);
  });
});

const ownedBy = (kind: string, name: string, uid: string) => ({ kind, name, uid, controller: true });
const job = { metadata: { namespace: 'n', name: 'nightly-1', uid: 'job', ownerReferences: [ownedBy('CronJob', 'nightly', 'cron')] } };
