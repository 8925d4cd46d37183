import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { describeIncidentStore } from '../conformance/incident-store.suite.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('SQLite', () => {
  describeIncidentStore(async () => {
    const store = createIncidentStore(openSqlite(join(await temporaryDirectory(), 'mortem.db')));
    onTestFinished(() => store.close());
    return store;
  });
});
