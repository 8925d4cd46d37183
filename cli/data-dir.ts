import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where `mortem up` keeps its store and the queries look for it, by the XDG convention. */
export function defaultDataDir(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'mortem');
}
