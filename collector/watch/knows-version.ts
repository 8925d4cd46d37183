import { object, objects } from '../trim/read-field.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { parseJson, readText } from './read-body.ts';

const timeoutMs = 15_000;
const maxBytes = 8_000_000;

/**
 * Whether the server has come as far as this version. One that was set back (its store restored from a backup, a cluster built
 * anew under the same address) has not, and would keep a watch from it open and silent for ever.
 *
 * @throws {MortemError} `unreachable`
 */
export async function knowsVersion(api: KubernetesApi, path: string, asked: { version: string; signal: AbortSignal }): Promise<boolean> {
  const query = { limit: '1', resourceVersion: asked.version, resourceVersionMatch: 'NotOlderThan' };
  const response = await api.get({ path, query, signal: asked.signal, timeoutMs });
  const body = await readText(response.body, maxBytes);
  return response.status !== 504 || !isTooLarge(body);
}

function isTooLarge(body: string): boolean {
  const status = object(parseJson(body));
  const causes = objects(object(status.details).causes, 16);
  const isCause = causes.some(({ reason }) => reason === 'ResourceVersionTooLarge');
  return isCause || String(status.message).startsWith('Too large resource version');
}
