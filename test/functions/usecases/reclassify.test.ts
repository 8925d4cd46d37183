import { afterAll, beforeAll, expect, test } from 'vitest';
import type { reportWorkload } from '#core/report/report-workload.ts';
import type { RunningServer } from '../../../functions/serve.ts';
import { reclassify } from '../../../functions/usecases/reclassify.ts';
import { replayInto, startTestServer } from '../../support/replayed.ts';

const name = 's14b-secret-missing';
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
  await replayInto(server, name);
});

afterAll(() => server.close());

const quiet = { save: true, onProgress: () => {} };

/** Yesterday's rules: they did not know this cause. */
const older: typeof reportWorkload = (...input) => {
  const { incidents, ledger } = server.deps.report(...input);
  return {
    ledger,
    incidents: incidents.map(({ incident, documents }) => ({
      documents,
      incident: { ...incident, chapters: incident.chapters.map((chapter) => ({ ...chapter, cause: 'unexplained' })) },
    })),
  };
};

test('the same rules change nothing', async () => {
  expect(await reclassify(server.deps, quiet)).toEqual([]);
});

test('other rules show what they change; a dry run leaves it, a real one stores it', async () => {
  const changed = [
    {
      workload: { cluster: name, namespace: name, kind: 'Deployment', name: 'api' },
      before: [expect.stringMatching(/ CreateContainerConfigError\/container-config\/before-start\/missing-secret \(api\)$/)],
      after: [expect.stringMatching(/ CreateContainerConfigError\/container-config\/before-start\/unexplained \(api\)$/)],
    },
  ];
  const deps = { ...server.deps, report: older };
  expect(await reclassify(deps, { ...quiet, save: false })).toEqual(changed);
  expect(await reclassify(deps, quiet)).toEqual(changed);
  expect(await reclassify(deps, quiet)).toEqual([]);
  expect((await server.deps.store.incidents({ cluster: name })).map((incident) => incident.chapters[0]?.cause)).toEqual(['unexplained']);
});
