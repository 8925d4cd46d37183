import { join } from 'node:path';

/** Where the fleet lies that `npm run bench:fleet` wrote. */
export const fleetDir = join(import.meta.dirname, '..', '..', '..', 'build', 'fleet');

/** What was written, by engine. */
export function fleetFile(postgres: string | undefined): string {
  return postgres === undefined ? 'sqlite.json' : 'postgres.json';
}
