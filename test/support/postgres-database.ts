import { inject } from 'vitest';

/** The URL of an empty PostgreSQL database that nobody else uses. */
export function postgresDatabase({ migrated = true } = {}): Promise<string> {
  return ask(migrated ? '/migrated' : '/bare');
}

async function ask(path: string): Promise<string> {
  const response = await fetch(`${inject('databases')}${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
