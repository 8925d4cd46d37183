import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fleetDir, fleetEngines, fleetFile, hasFleet, type FleetEngine } from './support/fleet/fleet-dir.ts';
import { fillObservations } from './support/fleet/fill-observations.ts';
import { wholeFleet } from './support/fleet/make-fleet.ts';
import { openFleet } from './support/fleet/open-fleet.ts';
import { withoutIndexes } from './support/fleet/without-indexes.ts';
import { foldFleet, writeFleet, type WrittenFleet } from './support/fleet/write-fleet.ts';

/**
 * Writes a year of a fleet whose answers are known, on SQLite and on PostgreSQL, below build/fleet or MORTEM_FLEET_DIR:
 * `npm run bench:fleet`. What is there already is kept; `bench:query`, `bench:pages` and `bench` use it.
 *
 *   --engine sqlite       only on this engine
 *   --scale 0.1           a tenth of the clusters (default: 1, which is 50 clusters and more than 10⁶ deaths)
 *   --observations 1e6    rows of the index over observations beside it (default: ten for each death)
 *   --anew                writes over what is there
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    scale: { type: 'string', default: '1' },
    observations: { type: 'string' },
    seed: { type: 'string', default: '1' },
    anew: { type: 'boolean', default: false },
  },
});
const scale = Number(values.scale);
if (!(scale > 0 && scale <= 10)) throw new Error('--scale is a number above 0 and up to 10');
const options = { ...wholeFleet, seed: Number(values.seed), clusters: Math.max(1, Math.round(wholeFleet.clusters * scale)) };

for (const engine of fleetEngines.filter((name) => values.engine === undefined || name === values.engine)) {
  if (hasFleet(engine) && !values.anew) process.stderr.write(`${fleetFile(engine)} is there already; --anew writes it again\n`);
  else await write(engine);
}

async function write(engine: FleetEngine): Promise<void> {
  const from = performance.now();
  const say = (what: string) => process.stderr.write(`${engine}: ${what}, ${Math.round((performance.now() - from) / 1000)} s\n`);
  for (const leftOver of engine === 'sqlite' ? ['mortem.db', 'mortem.db-wal', 'mortem.db-shm'] : ['postgres']) {
    await rm(`${fleetDir}/${leftOver}`, { recursive: true, force: true });
  }
  await rm(fleetFile(engine), { force: true });
  const fleet = await openFleet(engine);
  let made: WrittenFleet = { workloads: [], terminations: 0 };
  let observations = 0;
  await withoutIndexes(fleet, engine, async () => {
    made = await writeFleet(fleet.database, options, (count) => say(`${count} deaths`));
    observations = Number(values.observations ?? 10 * made.terminations);
    await fillObservations(fleet.database, options, observations, (count) => say(`${count} observations`));
  });
  say('indexes');
  await foldFleet(fleet.database, made.workloads);
  say('sums');
  await fleet.execute(engine === 'sqlite' ? 'analyze' : 'vacuum analyze');
  await fleet.close();
  const { terminations, workloads } = made;
  await writeFile(fleetFile(engine), JSON.stringify({ options, terminations, observations, workloads: workloads.length }));
  say(`${workloads.length} workloads, ${terminations} deaths and ${observations} observations`);
}
