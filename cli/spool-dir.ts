import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where `mortem collect` keeps what the server has not taken yet, by the XDG convention. */
export function defaultSpoolDir(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'mortem', 'spool');
}

/** Each cluster has a folder of its own: the key decides under which name a line is stored, and lines do not change sides. */
export function spoolDirOf(root: string, cluster: string): string {
  return join(root, `cluster-${encodeURIComponent(cluster)}`);
}
