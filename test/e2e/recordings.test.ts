import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { replayInto, startTestServer, timelinesOf } from '../support/replayed.ts';
import { differences, recordingDir } from '../support/truth.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const recordings = readdirSync(recordingDir('.')).toSorted();

describe('what was recorded is what is said', () => {
  test('all recordings are here', () => {
    expect(recordings.length).toBe(33);
  });

  test.each(recordings)('%s', async (name) => {
    await replayInto(server, name);
    expect(differences(name, await server.deps.store.incidents({ cluster: name }), { mayBeUnknown: false })).toEqual([]);
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
