import { expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { getDraft } from '../../functions/usecases/get-draft.ts';
import { postgresDatabase } from '../support/postgres-database.ts';
import { replayInto, startTestServer, timelinesOf } from '../support/replayed.ts';

/** The seed story, hostile and long log lines, a node that is lost, and a Job. */
const recordings = ['s24-seed-story', 's34-large-dirty-log-crash', 's36-node-not-ready', 's21-job-backofflimit'];

async function told(server: RunningServer, name: string): Promise<unknown> {
  const { store, ledger } = server.deps;
  const incidents = await store.incidents({ cluster: name });
  return {
    incidents,
    timelines: await timelinesOf(server, name),
    drafts: await Promise.all(incidents.map(async ({ id }) => (await getDraft(server.deps, {}, id)).parts)),
    terminations: await ledger.terminations({ cluster: name, limit: 1000 }),
    rollouts: await ledger.rollouts({ cluster: name, limit: 1000 }),
  };
}

test('a recording gives the same bytes on SQLite and on PostgreSQL', async () => {
  const servers = [await startTestServer(), await startTestServer({ databaseUrl: await postgresDatabase() })];
  onTestFinished(async () => {
    for (const server of servers) await server.close();
  });
  for (const name of recordings) {
    for (const server of servers) await replayInto(server, name);
    const [sqlite, postgres] = await Promise.all(servers.map((server) => told(server, name)));
    expect(JSON.stringify(sqlite)).toContain('# Timeline');
    expect(postgres).toEqual(sqlite);
  }
}, 180_000);
