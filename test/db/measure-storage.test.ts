import { expect, test } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { measureStorage } from '../../db/measure-storage.ts';
import { heartbeat } from '../support/build-cluster-observations.ts';
import { pod } from '../support/build-observations.ts';
import { engines } from '../support/engines.ts';

const day = 86_400;

test.each(engines)('%s says how much it holds and how much came in the last day of data', async (_engine, openDatabase) => {
  const database = (await openDatabase()).open();
  expect(await measureStorage(database)).toMatchObject({ observations: 0, observationsOfLastDay: 0, incidents: 0, terminations: 0 });
  await createIncidentStore(database).indexObservations('test', [pod(0), pod(9.5 * day), pod(10 * day), heartbeat(10 * day)]);
  const { bytes, ...rows } = await measureStorage(database);
  expect(rows).toEqual({ observations: 3, observationsOfLastDay: 2, incidents: 0, terminations: 0 });
  expect(bytes).toBeGreaterThan(10_000);
});
