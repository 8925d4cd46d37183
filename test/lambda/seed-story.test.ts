import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsAt } from '../support/documents-at.ts';
import { openDoor } from '../support/lambda/http-door.ts';
import { openCloud, type Cloud } from '../support/lambda/open-cloud.ts';
import { startFunction, type RunningFunction } from '../support/lambda/start-function.ts';
import { deliverAll, duplicateAndShuffle } from '../support/sqs/deliver.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';

const story = 's24-seed-story';

let cloud: Cloud;
let functions: Record<'http' | 'observations-created' | 'scheduled', RunningFunction>;
let door: Awaited<ReturnType<typeof openDoor>>;

beforeAll(async () => {
  cloud = await openCloud({ migrated: false });
  const migrate = await startFunction('migrate', cloud.env);
  await migrate.call({});
  await migrate.kill();
  functions = {
    http: await startFunction('http', cloud.env),
    'observations-created': await startFunction('observations-created', cloud.env),
    scheduled: await startFunction('scheduled', cloud.env),
  };
  door = await openDoor('HTTP API', () => functions.http);
});

afterAll(async () => {
  await door.close();
  for (const running of Object.values(functions)) await running.kill();
  await cloud.close();
});

test('the story through the functions, every message twice and out of order, is the story of one process on SQLite', async () => {
  const calm = await startTestServer();
  await replayInto(calm, story);
  const expected = await documentsAt(calm.url, calm.deps.issueSessionKey(story), story);
  await calm.close();
  expect(Object.keys(expected)).toHaveLength(3);
  expect(expected['list']).toContain('"symptom":"OOMKilled"');

  const key = await cloud.keyOf(story);
  await replayInto({ url: door.url, deps: { issueSessionKey: () => key }, idle: async () => {} }, story);
  expect(cloud.observations.messages.length).toBeGreaterThan(3);
  duplicateAndShuffle(cloud.observations, story);
  await deliverAll(cloud.observations, async (event) => (await functions['observations-created'].call(event)) as never);
  await functions.scheduled.call({});
  expect(await documentsAt(door.url, key, story)).toEqual(expected);
  expect(cloud.deadLetters.messages).toEqual([]);
  expect(await cloud.store.pendingBatches(10)).toEqual([]);
});
