import { migratePostgres } from '../../db/migrate-postgres.ts';
import { loadSettings, requireSetting } from '../config.ts';

/** Invoked once per deployment, from where the database can be reached: `mortem migrate` for those who cannot. */
export function handler(): ReturnType<typeof migratePostgres> {
  return migratePostgres(requireSetting(loadSettings(process.env).databaseUrl, 'MORTEM_DATABASE_URL'));
}
