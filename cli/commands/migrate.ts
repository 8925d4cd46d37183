import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { databaseName } from '../output/database-name.ts';
import { printNote, printResult } from '../output/print.ts';
import { storeConfig } from '../store-config.ts';

interface MigrateOptions {
  readonly data?: string;
  readonly check?: boolean;
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the schema of the database to what this version of mortem needs')
    .option('--data <dir>', 'folder of a SQLite store (default: the one of "mortem up"); it is also migrated whenever it is opened')
    .option('--check', 'change nothing; exit code 3 when the schema is not what this version needs')
    .addHelpText(
      'after',
      `
PostgreSQL is named by MORTEM_DATABASE_URL and is migrated only by this command, under a lock: any number may run at once. Run it
when you deploy, before the new version serves; a server that meets another schema than its own answers 503 until then. The URL
must lead to the server itself or to a pooler in session mode, and its user must be the owner of the tables.

Examples:
  MORTEM_DATABASE_URL=postgres://mortem@db.example:5432/mortem?sslmode=verify-full mortem migrate
  mortem migrate --check --data ./data`,
    )
    .action(run);
}

async function run({ data, check = false }: MigrateOptions): Promise<void> {
  const config = storeConfig(data, process.env);
  const { inspectDatabase, migrateDatabase } = await import('../../db/migrate-database.ts');
  if (check) {
    const state = await inspectDatabase(config);
    if (state !== 'current') {
      const wayOut = state === 'older' ? 'Run "mortem migrate".' : 'Install the version of mortem that migrated it.';
      throw new MortemError(
        'unreachable',
        `${databaseName(config)} has ${state === 'older' ? 'an older' : 'a newer'} schema than this version needs. ${wayOut}`,
      );
    }
    printResult(`${databaseName(config)}: the schema is current.`);
    return;
  }
  printNote(`Migrating ${databaseName(config)}`);
  const { applied, total } = await migrateDatabase(config);
  printResult(`${applied === 0 ? 'Nothing to do' : `Applied ${applied}`}: ${total} of ${total} migrations are in place.`);
}
