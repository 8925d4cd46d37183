import { readFile } from 'node:fs/promises';
import { fleetFile, type FleetEngine } from './fleet-dir.ts';
import type { FleetOptions } from './make-fleet.ts';

/** What the fleet on an engine was made from. Only `bench/fleet` writes this file. */
export async function readFleetOptions(engine: FleetEngine): Promise<FleetOptions> {
  const { options }: { options: FleetOptions } = JSON.parse(await readFile(fleetFile(engine), 'utf8'));
  return options;
}
