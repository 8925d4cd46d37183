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

describe('what is normal', () => {
  test('s25-healthy-rollout-and-scale-down is silent', async () => {
    await replayInto(server, 's25-healthy-rollout-and-scale-down');
    expect(await timelinesOf(server, 's25-healthy-rollout-and-scale-down')).toEqual([]);
    const answer = await fetch(`${server.url}/v1/incidents?cluster=s25-healthy-rollout-and-scale-down`);
    expect(await answer.json()).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: [] });
  });
});
