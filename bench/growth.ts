import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countOf, createBursts } from './support/growth/bursts.ts';
import { fillPostgres, fillSqlite } from './support/growth/fill-stores.ts';
import { measureMinute, openGrowing, sendBurst, type GrowingStore } from './support/growth/growing-store.ts';
import { cpuMeter } from './support/meter.ts';
import { printResults, throughput } from './support/result.ts';

/**
 * Does ingest slow down as the store fills? A store of each size, and the same bursts into each in turn, end to end, each with a
 * minute of the schedule behind it: a noisy neighbour meets all of them. In processor time, since a machine that is shared has no
 * other; the smallest store is the floor of the others. Nothing expires: a store that keeps what it has is the one that grows.
 *
 *   --to 1e6    sizes up to this, each ten times the one before   --fleet     in a copy of what `npm run bench:fleet` wrote as well
 *   --rounds N  bursts into each store                            --engine postgres    10⁴ and the fleet, its server's time included
 */
const atLeast = 0.8;
const { values } = parseArgs({
  options: {
    to: { type: 'string', default: '1e6' },
    rounds: { type: 'string', default: '12' },
    fleet: { type: 'boolean', default: false },
    engine: { type: 'string', default: 'sqlite' },
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});

const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const bursts = createBursts(Date.parse('2025-01-01T00:00:00Z'));
const fill = values.engine === 'postgres' ? fillPostgres : fillSqlite;
const stores: GrowingStore[] = [];
let count = 0;
try {
  await measure();
} finally {
  await rm(directory, { recursive: true });
}
for (const { size, spent } of stores) {
  process.stderr.write(
    `${size} stored: ${Math.round(count / (spent.burst + spent.minute))} observations for a second of CPU, ${Math.round(count / spent.burst)} without the schedule, whose minute takes ${Math.round((spent.minute * 1000) / Number(values.rounds))} ms\n`,
  );
}
const [smallest, ...larger] = stores;
const rateOf = (store: GrowingStore | undefined): number =>
  store === undefined ? Number.NaN : count / (store.spent.burst + store.spent.minute);
const suffix = values.engine === 'postgres' ? '.postgres' : '';
printResults(
  larger.map((store) =>
    throughput(`ingest.growth.at-${store.size}${suffix}`, 'observations/CPU-s', { value: rateOf(store), floor: rateOf(smallest) }, atLeast),
  ),
  values.json,
);

async function measure(): Promise<void> {
  const filled = await fill({ directory, bursts, largest: Number(values.to), withFleet: values.fleet });
  const meter = cpuMeter(filled.serverCpu);
  for (const place of filled.places) stores.push(await openGrowing(place));
  // Not the first: what a process does once is not what it does each time.
  const warmUp = bursts.next();
  for (const store of stores) await sendBurst(store, warmUp);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const batches = bursts.next();
    count += countOf(batches);
    // Who comes first pays for what all of them share: it is another each time.
    for (const store of rotated(stores, round)) await measureMinute(store, batches, meter);
  }
  for (const { server } of stores) await server.close();
  await filled.close();
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
