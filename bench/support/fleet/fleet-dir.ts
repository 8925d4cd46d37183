import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where `npm run bench:fleet` writes its fleets: build/fleet, or what MORTEM_FLEET_DIR names. */
export const fleetDir = process.env['MORTEM_FLEET_DIR'] ?? join(import.meta.dirname, '..', '..', '..', 'build', 'fleet');

export const fleetEngines = ['sqlite', 'postgres'] as const;
export type FleetEngine = (typeof fleetEngines)[number];

/** What was written on an engine: there once it is whole. */
export function fleetFile(engine: FleetEngine): string {
  return join(fleetDir, `${engine}.json`);
}

export function hasFleet(engine: FleetEngine): boolean {
  return existsSync(fleetFile(engine));
}
