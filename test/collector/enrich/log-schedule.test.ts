import { describe, expect, test } from 'vitest';
import { createActivity } from '../../../collector/activity.ts';
import { createFairQueue } from '../../../collector/enrich/fair-queue.ts';
import type { LogRequest } from '../../../collector/enrich/log-request.ts';
import { createLogSchedule } from '../../../collector/enrich/log-schedule.ts';
import { createTokenBucket } from '../../../collector/enrich/token-bucket.ts';
import { createManualClock, turn } from '../support/manual-clock.ts';

function death(namespace: string, pod: string, attempt = 0): LogRequest {
  const instance = { namespace, pod, podUid: pod, container: 'c', containerID: pod, role: 'app' as const, attempt };
  return { purpose: 'death', ...instance, workload: { kind: 'Pod', name: pod, chain: [] }, terminated: { exitCode: 1 }, previous: false };
}

const current = (namespace: string, pod: string): LogRequest => ({
  purpose: 'current',
  namespace,
  pod,
  podUid: pod,
  container: 'c',
  containerID: pod,
});

const names = (requests: readonly (LogRequest | undefined)[]) =>
  requests.map((request) => request && `${request.namespace}/${request.pod}`);

describe('the queue', () => {
  test('namespaces take turns; first deaths go before repeated ones, those before containers that run', () => {
    const queue = createFairQueue(100);
    const requests = [
      current('a', 'runs'),
      death('a', 'again', 7),
      death('a', '1'),
      death('a', '2'),
      death('a', '3'),
      death('b', '1'),
      death('c', '1', 1),
      death('b', '2'),
    ];
    expect(requests.map((request) => queue.add(request))).toEqual(requests.map(() => undefined));
    const taken = requests.map(() => queue.next());
    expect(names(taken)).toEqual(['a/1', 'b/1', 'c/1', 'a/2', 'b/2', 'a/3', 'a/again', 'a/runs']);
    expect([queue.next(), queue.size()]).toEqual([undefined, 0]);
  });

  test('a full one gives up the least urgent first, then the newest of the namespace that has most', () => {
    const queue = createFairQueue(4);
    const requests = [
      current('a', 'runs'),
      death('b', 'again', 3),
      death('a', '1'),
      death('a', '2'),
      death('b', '1'),
      death('a', '3'),
      death('a', '4'),
      death('b', '2'),
    ];
    expect(names(requests.map((request) => queue.add(request)))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'a/runs',
      'b/again',
      'a/4',
      'a/3',
    ]);
    expect(queue.size()).toBe(4);
  });
});

test('a token bucket gives a burst, then one after the other', () => {
  const bucket = createTokenBucket({ perSecond: 10, burst: 3 });
  const at = (ms: number) => bucket.take(new Date(ms));
  expect([at(0), at(0), at(0), at(0), at(40), at(100), at(100), at(60_000), at(60_000), at(60_000), at(60_000)]).toEqual([
    0, 0, 0, 100, 60, 0, 100, 0, 0, 0, 100,
  ]);
});

function schedule(limits: { concurrency: number; perSecond: number; bound: number }) {
  const clock = createManualClock();
  const activity = createActivity();
  const stop = new AbortController();
  const begun: LogRequest[] = [];
  const skipped: LogRequest[] = [];
  const open: (() => void)[] = [];
  const scheduled = createLogSchedule({
    ...limits,
    clock,
    activity,
    signal: stop.signal,
    fetch: (request) => new Promise((resolve) => void (begun.push(request), open.push(resolve))),
    skip: (request) => Promise.resolve(void skipped.push(request)),
  });
  return { clock, activity, stop, begun, skipped, open, scheduled };
}

test('no more than so many at a time, no faster than the rate, and waiting for the rate is not work', async () => {
  const { clock, activity, begun, open, scheduled } = schedule({ concurrency: 5, perSecond: 1, bound: 100 });
  for (let number = 1; number <= 8; number++) scheduled.add(death('a', String(number)));
  expect(begun).toHaveLength(4);
  await clock.sleeping(1000);
  await clock.advance(1000);
  expect([begun.length, scheduled.waiting()]).toEqual([5, 3]);
  for (const finish of open.splice(0)) finish();
  await clock.sleeping(1000);
  expect([begun.length, activity.isIdle()]).toEqual([5, true]);
  await clock.advance(3000);
  expect(begun.map(({ pod }) => pod)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});

test('what finds no room is skipped; a drain waits for no rate', async () => {
  const { stop, begun, skipped, open, scheduled } = schedule({ concurrency: 9, perSecond: 0.25, bound: 2 });
  for (let number = 1; number <= 4; number++) scheduled.add(death('a', String(number)));
  expect([names(begun), names(skipped)]).toEqual([['a/1'], ['a/4']]);
  stop.abort();
  await turn();
  expect(names(begun)).toEqual(['a/1', 'a/2', 'a/3']);
  expect(open).toHaveLength(3);
});
