import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportIncidents } from '#core/report/report-incidents.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';

/** Each ends while something fails: by image, configuration, probe, crash, memory, volume, scheduler, node. */
const names = [
  's01-image-tag-not-found',
  's05-crash-missing-env',
  's09-liveness-kills-slow-boot',
  's12-oom-main',
  's14b-secret-missing',
  's19-init-crash',
  's20-sidecar-crash',
  's22-statefulset-crash',
];
const minute = 60_000;
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
  for (const name of names) await replayInto(server, name);
});

afterAll(() => server.close());

// Why the store need not look again at what is open: it would cost more with every incident that nobody ends.
test.each(names)('%s: once every threshold is behind, time alone changes no open incident', async (name) => {
  const { store } = server.deps;
  const watermark = await store.watermark(name);
  const workloads = (await store.allWorkloads()).filter(({ cluster }) => cluster === name);
  const incidentsAt = async (moment: number) =>
    Promise.all(
      workloads.map(async (key) => reportIncidents(key, await store.observationsOf(key), moment).map(({ incident }) => incident)),
    );
  const after = await incidentsAt(watermark + 15 * minute);
  expect(after.flat().some(({ status }) => status === 'open')).toBe(true);
  const open = (all: Awaited<ReturnType<typeof incidentsAt>>) => all.flat().filter(({ status }) => status === 'open');
  for (const later of [60, 24 * 60, 90 * 24 * 60]) expect(open(await incidentsAt(watermark + later * minute))).toEqual(open(after));
});
