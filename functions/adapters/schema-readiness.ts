import type { Clock } from '#core/ports.ts';
import type { SchemaState } from '../../db/database.ts';
import type { Readiness } from '../routes/health.ts';

export interface SchemaReadinessDeps {
  readonly schemaState: () => Promise<SchemaState>;
  readonly clock: Clock;
}

/** How long a good answer is believed: somebody may migrate while this process runs. */
const believedMs = 30_000;

/** Asks the database before each request whether this program may use it, but not more often than it has to. */
export function createSchemaReadiness({ schemaState, clock }: SchemaReadinessDeps): () => Promise<Readiness> {
  let goodUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now().getTime();
    if (now < goodUntil) return { ready: true };
    const state = await schemaState();
    if (state === 'current') goodUntil = now + believedMs;
    return toReadiness(state);
  };
}

function toReadiness(state: SchemaState): Readiness {
  switch (state) {
    case 'current':
      return { ready: true };
    case 'older':
      return { ready: false, detail: 'The database has an older schema than this program. Run "mortem migrate", then send this again.' };
    case 'newer':
      return { ready: false, detail: 'The database has a newer schema than this program. Deploy the version of mortem that migrated it.' };
    default:
      return state satisfies never;
  }
}
