import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { replayInto, startTestServer, timelinesOf } from '../support/replayed.ts';
import { differences } from '../support/truth.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

async function differencesOf(name: string, mayBeUnknown: boolean): Promise<readonly string[]> {
  await replayInto(server, name);
  return differences(name, await server.deps.store.incidents({ cluster: name }), { mayBeUnknown });
}

describe('what was recorded is what is said', () => {
  test.each([
    's01-image-tag-not-found',
    's05-crash-missing-env',
    's08-volume-permission-denied',
    's09-liveness-kills-slow-boot',
    's12-oom-main',
    's14-configmap-key-missing',
    's14b-secret-missing',
    's19-init-crash',
    's22-statefulset-crash',
    's24-seed-story',
  ])('%s, its cause included', async (name) => {
    expect(await differencesOf(name, false)).toEqual([]);
  });

  test.each([
    's02-image-registry-auth',
    's04-registry-unreachable',
    's07-bad-command',
    's13-oom-child-survives',
    's16-pending-insufficient',
    's17-pending-nodeselector',
    's18-pending-pvc',
    's20-sidecar-crash',
    's21-job-backofflimit',
    's25-healthy-rollout-and-scale-down',
    's26-job-complete',
    's27-exit-143-liveness',
    's29-daemonset-crash',
    's32-bare-pod-failed',
    's34-large-dirty-log-crash',
  ])('%s, where an unknown cause is an honest answer', async (name) => {
    expect(await differencesOf(name, true)).toEqual([]);
  });
});

describe('the timelines were read line by line', () => {
  test.each(['s12-oom-main', 's24-seed-story'])('%s', async (name) => {
    await replayInto(server, name);
    const [timeline, ...more] = await timelinesOf(server, name);
    expect(more).toEqual([]);
    await expect(timeline).toMatchFileSnapshot(`../golden/${name}.timeline.md`);
  });

  test('s25-healthy-rollout-and-scale-down is silent', async () => {
    await replayInto(server, 's25-healthy-rollout-and-scale-down');
    expect(await timelinesOf(server, 's25-healthy-rollout-and-scale-down')).toEqual([]);
    const answer = await fetch(`${server.url}/v1/incidents?cluster=s25-healthy-rollout-and-scale-down`);
    expect(await answer.json()).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: [] });
  });
});

test('every evidence id of a timeline resolves to a record', async () => {
  await replayInto(server, 's24-seed-story');
  const [timeline = ''] = await timelinesOf(server, 's24-seed-story');
  const ids = [...new Set([...timeline.matchAll(/#(ev-[0-9a-f]{16})/g)].map((match) => match[1] ?? ''))];
  const answers = await Promise.all(ids.map(async (id) => (await fetch(`${server.url}/v1/evidence/${id.toUpperCase()}`)).status));
  expect(ids.length).toBeGreaterThan(10);
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  // Each link has its target in the evidence table of the same document.
  expect(ids.filter((id) => !timeline.includes(`<a id="${id}"></a>`))).toEqual([]);
});
