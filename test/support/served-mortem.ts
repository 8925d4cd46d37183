import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { BlobStore, IncidentStore } from '#core/ports.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { openStorage } from './open-storage.ts';
import { startMortem } from './run-mortem.ts';

export interface ServedMortem {
  readonly url: string;
  /** A key that writes for the cluster. */
  readonly keyOf: (cluster: string) => Promise<string>;
  /** One number of the database, beside the server: `select count(*) …`. */
  readonly count: (sql: string) => number;
  /** The most memory that the process ever had resident, bytes. Linux. */
  readonly peakBytes: () => number;
}

export interface ServedOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What an earlier run left. */
  readonly leave?: (storage: { readonly store: IncidentStore; readonly blobs: BlobStore }) => Promise<void>;
}

/** `mortem serve` in a process of its own, as a user starts it, until the test ends. */
export async function serveMortem({ env = {}, leave }: ServedOptions = {}): Promise<ServedMortem> {
  const { dataDir, store, blobs } = await openStorage();
  await leave?.({ store, blobs });
  const child = startMortem(['serve', '--data', dataDir, '--port', '0'], { MORTEM_LOG_LEVEL: 'warn', ...env });
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr! }).on('line', (line) => {
      said.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`mortem serve ended: ${said.join('\n')}`)));
  });
  const reader = new BetterSqlite(join(dataDir, 'mortem.db'), { readonly: true });
  onTestFinished(() => {
    child.kill('SIGKILL');
    reader.close();
  });
  return {
    url,
    keyOf: (cluster) => createKey({ store, clock: systemClock }, cluster),
    count: (sql) => Number(reader.prepare(sql).pluck().get()),
    peakBytes: () => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
  };
}
