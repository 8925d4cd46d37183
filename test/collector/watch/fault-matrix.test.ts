import { beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { Fault, FaultHook } from '../../../replay/fault.ts';
import { capturedIn, listedAsGap, terminationsOf } from '../chaos/support/terminations.ts';
import { replayThrough, type Replayed } from '../support/replay-through.ts';

const recording = 's24-seed-story';
const errorLine = (status: object): Fault => ({ status: 200, body: `${JSON.stringify({ type: 'ERROR', object: status })}\n` });
const expiredStatus = { kind: 'Status', status: 'Failure', reason: 'Expired', message: 'too old resource version: 1 (99999)', code: 410 };
const { code: _, ...expiredWithoutCode } = expiredStatus;

/** What a server may answer to a watch that begins again, and that costs nothing: the watch goes on from the last good line. */
const passing: readonly (readonly [string, readonly Fault[]])[] = [
  ['500', [{ status: 500, body: 'etcdserver: request timed out' }]],
  ['503 of a proxy', [{ status: 503, body: '<html>' }]],
  ['429 with Retry-After', [{ status: 429, headers: { 'retry-after': '3' } }]],
  ['401 while a token is renewed', [{ status: 401 }]],
  ['403 of a server that starts', [{ status: 403 }]],
  ['ECONNRESET, as from a server that was killed', ['destroy', 'destroy', 'destroy']],
  ['a clean end without a line', [{ status: 200 }, { status: 200 }]],
  ['half a JSON', [{ status: 200, body: '{"type":"MODIFIED","object":{"meta\n' }]],
  ['half a line', [{ status: 200, body: '{"type":"MODIFIED","object":{"meta' }]],
  ['an ERROR line that is no 410', [errorLine({ kind: 'Status', code: 500, message: 'storage is (re)initializing' })]],
  ['another cut in the middle of a line', [{ cutAfterBytes: 1500 }]],
  ['all of them', [{ status: 500 }, 'destroy', { status: 429 }, { status: 200, body: '{' }]],
];

/** And what makes it list again. */
const relisting: readonly (readonly [string, readonly Fault[]])[] = [
  ['410 as a status', [{ status: 410, body: JSON.stringify(expiredStatus) }]],
  ['410 as an ERROR line', [errorLine(expiredStatus)]],
  ['an ERROR line with the reason Expired and no code', [errorLine(expiredWithoutCode)]],
  ['400: it cannot read the version', [{ status: 400, body: 'invalid resource version' }]],
  ['500 for good', [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 }]],
  ['410, and then lists that fail', [errorLine(expiredStatus)]],
];

/** Cuts the first watch of each resource after so many bytes, and answers the next ones with these faults. */
function faultsAfterCut(cutAfterBytes: number, faults: readonly Fault[], listFaults: readonly Fault[] = []): FaultHook {
  const asked = new Map<string, number>();
  return ({ path, query }) => {
    const isWatch = query.get('watch') === 'true';
    const key = `${path} ${isWatch}`;
    const times = asked.get(key) ?? 0;
    asked.set(key, times + 1);
    const script = isWatch ? [{ cutAfterBytes }, ...faults] : [undefined, ...listFaults];
    return script[times];
  };
}

/** What is told of the cluster. When a running container is heard depends on when its state is seen. */
const told = (observations: readonly Observation[]): string[] =>
  observations
    .flatMap((one) => (one.kind === 'coverage' || (one.kind === 'log' && !one.final) ? [] : [`${one.kind} ${one.id}`]))
    .toSorted();

let clean: Replayed;
beforeAll(async () => {
  clean = await replayThrough(recording);
});

describe.each([500, 9000])('a watch that is cut after %i bytes', (cutAfterBytes) => {
  test.each(passing)('then %s: nothing is missed, and nothing is told twice', async (_name, faults) => {
    const { observations, status } = await replayThrough(recording, [], { fault: faultsAfterCut(cutAfterBytes, faults) });
    expect(told(observations)).toEqual(told(clean.observations));
    expect(status.sources.map(({ relists }) => relists)).toEqual(status.sources.map(() => 0));
  });

  test.each(relisting)('then %s: each termination is captured or listed as a gap', async (name, faults) => {
    const listFaults: Fault[] = name.endsWith('lists that fail') ? [{ status: 500 }, { cutAfterBytes: 700 }, 'destroy'] : [];
    const { observations, status } = await replayThrough(recording, [], { fault: faultsAfterCut(cutAfterBytes, faults, listFaults) });
    const captured = capturedIn(observations);
    const missing = terminationsOf(recording).filter(({ containerID }) => !captured.has(containerID));
    expect(missing.filter((one) => listedAsGap(observations, one) === 0)).toEqual([]);
    expect(status.sources.find(({ resource }) => resource === 'pods')?.relists).toBe(1);
  });
});

test.each<readonly [string, Fault]>([
  ['500', { status: 500 }],
  ['429', { status: 429, headers: { 'retry-after': '1' } }],
  ['a cut', { cutAfterBytes: 40 }],
  ['a broken connection', 'destroy'],
])(
  '%s for each second request of a log: each death has its log all the same, unless its pod is gone at the next try',
  async (_name, fault) => {
    let asked = 0;
    const hook: FaultHook = ({ path }) => (path.endsWith('/log') && (asked += 1) % 2 === 1 ? fault : undefined);
    const { observations } = await replayThrough(recording, [], { fault: hook });
    const logsOf = (of: readonly Observation[]) => of.filter((one) => one.kind === 'log').filter(({ final }) => final);
    const heard = new Map(logsOf(observations).map(({ containerID, text, missing }) => [containerID, text ?? missing?.reason]));
    const differing = logsOf(clean.observations).filter(({ containerID, text }) => heard.get(containerID) !== text);
    expect(differing.map(({ containerID }) => heard.get(containerID))).toEqual([expect.stringMatching(/^pods "\S+" not found$/)]);
    expect(heard.size).toBe(logsOf(clean.observations).length);
  },
);
