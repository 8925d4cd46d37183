import { Command } from 'commander';

import { parsePort } from '../input/parse-port.ts';
import { databaseName } from '../output/database-name.ts';
import { printNote } from '../output/print.ts';
import { storeConfig } from '../store-config.ts';
import { untilInterrupted } from '../until-interrupted.ts';

export const defaultPort = '8417';

interface ServeOptions {
  readonly data?: string;
  readonly port: string;
  readonly host: string;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('receive observations, store and classify them, answer queries')
    .option('--data <dir>', 'folder of the store (default: the one of "mortem up")')
    .option('--port <port>', 'port to listen on, 0 for any free one', defaultPort)
    .option('--host <address>', 'address to listen on; reads need a key unless it is loopback', '127.0.0.1')
    .addHelpText(
      'after',
      `
The folder holds the database and the batches. With MORTEM_DATABASE_URL=postgres://… the database is that PostgreSQL ("mortem migrate").

Examples:
  mortem serve --data ./data
  mortem keys create --cluster prod-eu-1 --data ./data`,
    )
    .action(async ({ data, port, host }: ServeOptions) => {
      const { startServer } = await import('../../functions/serve.ts');
      const config = storeConfig(data, process.env);
      const server = await startServer({ ...config, port: parsePort(port), host, openReads: true });
      const place = config.databaseUrl === undefined ? '' : ` and ${databaseName(config)}`;
      printNote(`mortem listens on ${server.url}/incidents and keeps its data in ${config.dataDir}${place}`);
      printNote('A collector needs a key: mortem keys create --cluster NAME');
      await untilInterrupted();
      await server.close();
    });
}
