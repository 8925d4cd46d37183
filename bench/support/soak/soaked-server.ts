import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { compose } from '../../../functions/compose.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { startMortemServe, type StartedMortem } from '../started-mortem.ts';

export interface SoakedServer extends StartedMortem {
  readonly key: string;
  /** Seconds until no batch and no workload waits any more; undefined when that takes longer than it may. */
  drain(mostSeconds: number): Promise<number | undefined>;
  /** In the ledger. */
  countDeaths(): number;
}

const pollMs = 200;

/** `mortem serve` on SQLite in a process of its own, whose database is asked beside it. */
export async function startSoakedServer(data: string): Promise<SoakedServer> {
  const deps = compose({ dataDir: data, logLevel: 'silent' });
  const key = await createKey(deps, 'bench');
  await deps.close();
  const server = await startMortemServe(data, { MORTEM_RATE_LIMIT: '0', MORTEM_LOG_LEVEL: 'warn' });
  const count = (statement: string): number => {
    const client = new BetterSqlite(join(data, 'mortem.db'), { readonly: true });
    const found = Number(client.prepare(statement).pluck().get());
    client.close();
    return found;
  };
  const isDrained = (): boolean =>
    count("select exists (select 1 from batches where status = 'pending')") === 0 &&
    count('select exists (select 1 from workloads where stale)') === 0;
  return {
    ...server,
    key,
    async drain(mostSeconds) {
      const start = performance.now();
      for (let seconds = 0; seconds < mostSeconds; seconds = (performance.now() - start) / 1000) {
        if (isDrained()) return seconds;
        await setTimeout(pollMs);
      }
      return undefined;
    },
    countDeaths: () => count('select count(*) from terminations'),
  };
}
