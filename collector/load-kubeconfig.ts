import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { KubeConfig, type User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { MortemError } from '#core/errors.ts';
import { object, objects, text } from './trim/read-field.ts';

/**
 * Reads kubeconfig files as kubectl does, the first one leading.
 *
 * @throws {MortemError} `usage` for a file that cannot be read
 */
export function loadKubeconfig(files: readonly string[]): KubeConfig {
  const [first, ...others] = files.map(loadFile);
  const kubeConfig = first ?? new KubeConfig();
  for (const other of others) kubeConfig.mergeConfig(other, true);
  return kubeConfig;
}

function loadFile(file: string): KubeConfig {
  try {
    const loaded = new KubeConfig();
    loaded.loadFromFile(file);
    const raw = objects(object(parse(readFileSync(file, 'utf8'))).users, Number.POSITIVE_INFINITY);
    const rawOf = new Map(raw.map(({ name, user }) => [name, object(user)]));
    loaded.users = loaded.users.map((user) => complete(user, rawOf.get(user.name) ?? {}, dirname(file)));
    return loaded;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new MortemError('usage', `Cannot read the kubeconfig ${file}: ${cause}. Check --kubeconfig and KUBECONFIG.`, { cause: error });
  }
}

/**
 * What the client leaves out. It knows no `tokenFile`, whose token must be read anew when it ages; and some credential plugins
 * end at once where `KUBERNETES_EXEC_INFO` is not set.
 */
function complete(user: User, raw: Readonly<Record<string, unknown>>, folder: string): User {
  const tokenFile = text(raw.tokenFile, 4096);
  if (tokenFile !== undefined && user.token === undefined) {
    return { ...user, authProvider: { name: 'tokenFile', config: { tokenFile: resolve(folder, tokenFile) } } };
  }
  const exec = object(raw.exec);
  if (exec.command === undefined) return user;
  const info = { kind: 'ExecCredential', apiVersion: exec.apiVersion, spec: { interactive: false } };
  const env = [...objects(exec.env, 1000), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...user, exec: { ...user.exec, env } };
}
