import { readFile } from 'node:fs/promises';
import { MortemError } from '#core/errors.ts';
import type { ShippingAddress } from '../collector/ship/http-sender.ts';

type Credential = Required<Pick<ShippingAddress, 'key' | 'keyHeader'>>;

/**
 * The credential of a collector: MORTEM_KEY, or the content of MORTEM_KEY_FILE, which is read for every request since the
 * kubelet renews a projected token in it. MORTEM_KEY_HEADER names another header for it, behind something that signs requests.
 *
 * @throws {MortemError} `usage` when there is none
 */
export function readCredential(env: NodeJS.ProcessEnv): Credential {
  const keyHeader = headerOf(env);
  const key = keyOf(env);
  if (key !== undefined) return { key, keyHeader };
  throw new MortemError('usage', 'MORTEM_KEY is not set. Make a key on the server: mortem keys create --cluster NAME');
}

/**
 * The same as it stands at this moment, with an empty key where there is none: the server then says so itself.
 *
 * @throws {MortemError} `usage` for a file that cannot be read
 */
export async function readCredentialNow(env: NodeJS.ProcessEnv): Promise<Credential & { readonly key: string }> {
  const keyHeader = headerOf(env);
  const key = keyOf(env) ?? '';
  try {
    return { key: typeof key === 'string' ? key : await key(), keyHeader };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MortemError('usage', `The file that MORTEM_KEY_FILE names cannot be read: ${reason}.`, { cause });
  }
}

function headerOf(env: NodeJS.ProcessEnv): Credential['keyHeader'] {
  const header = env['MORTEM_KEY_HEADER'] ?? 'authorization';
  if (header === 'authorization' || header === 'mortem-authorization') return header;
  throw new MortemError('usage', 'MORTEM_KEY_HEADER is authorization or mortem-authorization.');
}

function keyOf(env: NodeJS.ProcessEnv): ShippingAddress['key'] | undefined {
  // A key that came through a file or a Secret often ends with a newline.
  const key = (env['MORTEM_KEY'] ?? '').trim();
  if (key !== '') return key;
  const file = env['MORTEM_KEY_FILE'] ?? '';
  return file === '' ? undefined : async () => (await readFile(file, 'utf8')).trim();
}
