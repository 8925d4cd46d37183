import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migratePostgres } from '../db/migrate-postgres.ts';
import { openPostgres } from '../db/open-postgres.ts';
import { openSqlite } from '../db/open-sqlite.ts';
import { fleetDir, fleetFile } from './support/fleet/fleet-dir.ts';
import { wholeFleet } from './support/fleet/make-fleet.ts';
import { fillObservations } from './support/fleet/fill-observations.ts';
import { writeFleet } from './support/fleet/write-fleet.ts';

/**
 * Writes a year of a fleet whose answers are known: `npm run bench:fleet`. Takes long, and is reused by `npm run bench:query`.
 *
 *   --scale 0.1           a tenth of the clusters (default: 1, which is 50 clusters and about 10⁶ deaths)
 *   --observations 1e6    rows of the index over observations beside it (default: ten for each death)
 *   --postgres URL        into this database, in place of SQLite under build/fleet
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    observations: { type: 'string' },
    postgres: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const scale = Number(values.scale);
if (!(scale > 0 && scale <= 10)) throw new Error('--scale is a number above 0 and up to 10');
const options = { ...wholeFleet, seed: Number(values.seed), clusters: Math.max(1, Math.round(wholeFleet.clusters * scale)) };

await mkdir(fleetDir, { recursive: true });
if (values.postgres !== undefined) await migratePostgres(values.postgres);
const database =
  values.postgres === undefined ? openSqlite(join(fleetDir, 'mortem.db')) : openPostgres({ url: values.postgres, maxConnections: 2 });
const from = performance.now();
let said = 0;
const { workloads, terminations } = await writeFleet(database, options, (written) => {
  if (written - said < 50_000) return;
  said = written;
  process.stderr.write(`${written} deaths, ${seconds()} s\n`);
});
const observations = Number(values.observations ?? 10 * terminations);
await fillObservations(database, options, observations, (written) => process.stderr.write(`${written} observations, ${seconds()} s\n`));
await database.close();
await writeFile(
  join(fleetDir, fleetFile(values.postgres)),
  JSON.stringify({ options, terminations, observations, workloads: workloads.length }),
);
process.stdout.write(`${workloads.length} workloads, ${terminations} deaths and ${observations} observations in ${seconds()} s\n`);

function seconds(): number {
  return Math.round((performance.now() - from) / 1000);
}
