import type { Connection } from './database.ts';

/** Prepares statements once per connection: a pooled transaction brings a new one, those of SQLite live for ever. */
export function prepared<T>(prepare: (connection: Connection) => T): (connection: Connection) => T {
  const known = new WeakMap<Connection, T>();
  return (connection) => {
    const statements = known.get(connection) ?? prepare(connection);
    known.set(connection, statements);
    return statements;
  };
}
