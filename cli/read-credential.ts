import { readFile } from 'node:fs/promises';
import { MortemError } from '#core/errors.ts';
import type { ShippingAddress } from '../collector/ship/http-sender.ts';

/**
 * The credential of a collector: MORTEM_KEY, or the content of MORTEM_KEY_FILE, which is read for every request since the
 * kubelet renews a projected token in it. MORTEM_KEY_HEADER names another header for it, behind something that signs requests.
 *
 * @throws {MortemError} `usage` when there is none
 */
export function readCredential(env: NodeJS.ProcessEnv): Pick<ShippingAddress, 'key' | 'keyHeader'> {
  const header = env['MORTEM_KEY_HEADER'] ?? 'authorization';
  if (header !== 'authorization' && header !== 'mortem-authorization') {
    throw new MortemError('usage', 'MORTEM_KEY_HEADER is authorization or mortem-authorization.');
  }
  // A key that came through a file or a Secret often ends with a newline.
  const key = (env['MORTEM_KEY'] ?? '').trim();
  if (key !== '') return { key, keyHeader: header };
  const file = env['MORTEM_KEY_FILE'] ?? '';
  if (file !== '') return { key: async () => (await readFile(file, 'utf8')).trim(), keyHeader: header };
  throw new MortemError('usage', 'MORTEM_KEY is not set. Make a key on the server: mortem keys create --cluster NAME');
}
