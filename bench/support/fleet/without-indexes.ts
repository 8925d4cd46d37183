import type { FleetEngine } from './fleet-dir.ts';
import type { OpenFleet } from './open-fleet.ts';

const indexesOf = {
  sqlite: `select sql from sqlite_master where type = 'index' and sql is not null`,
  postgres: `select indexdef from pg_indexes i where schemaname = 'public'
    and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`,
};
const namesOf = {
  sqlite: `select name from sqlite_master where type = 'index' and sql is not null`,
  postgres: `select indexname from pg_indexes i where schemaname = 'public'
    and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`,
};

/** Does the work while only primary keys are kept, and builds the other indexes after it: row by row they cost most of the time. */
export async function withoutIndexes(fleet: OpenFleet, engine: FleetEngine, work: () => Promise<void>): Promise<void> {
  const definitions = await fleet.execute(indexesOf[engine]);
  for (const name of await fleet.execute(namesOf[engine])) await fleet.execute(`drop index "${name}"`);
  await work();
  for (const definition of definitions) await fleet.execute(definition);
}
