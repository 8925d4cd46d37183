import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BlobStore, IncidentStore } from '#core/ports.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { createFileBlobStore } from '../../functions/adapters/file-blob-store.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A real database and real files, for the running test. */
export async function openStorage(): Promise<{ readonly dataDir: string; readonly store: IncidentStore; readonly blobs: BlobStore }> {
  const dataDir = await temporaryDirectory();
  const store = createIncidentStore(openSqlite(join(dataDir, 'mortem.db')));
  onTestFinished(() => store.close());
  return { dataDir, store, blobs: createFileBlobStore(join(dataDir, 'blobs')) };
}
