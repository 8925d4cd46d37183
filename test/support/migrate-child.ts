import BetterSqlite from 'better-sqlite3';
import { migrateSqlite } from '../../db/migrate-sqlite.ts';

// A process of its own for migrate-sqlite.test.ts: says that it is ready, and migrates on a signal.
const client = new BetterSqlite(process.argv[2], { timeout: 10_000 });
process.once('message', () => {
  migrateSqlite(client);
  client.close();
  process.disconnect();
});
process.send?.('ready');
