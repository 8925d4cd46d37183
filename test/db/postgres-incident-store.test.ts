import { describe, onTestFinished } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { describeIncidentStore } from '../conformance/incident-store.suite.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

describe('PostgreSQL', () => {
  describeIncidentStore(async () => {
    const store = createIncidentStore(openPostgres({ url: await postgresDatabase(), maxConnections: 4 }));
    onTestFinished(() => store.close());
    return store;
  });
});
