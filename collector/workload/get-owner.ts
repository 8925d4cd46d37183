import type { OwnerRef } from '#core/wire/workload-ref.ts';
import type { KubernetesApi } from '../watch/kubernetes-api.ts';
import { messageOf, parseJson, readText } from '../watch/read-body.ts';
import { objectPath, watchedResources } from '../watch/watched-resources.ts';
import type { RefusedGets } from '../refused-gets.ts';
import type { OwnerAnswer } from './resolve-workload.ts';

const timeoutMs = 10_000;
const maxOwnerBytes = 8_000_000;

/** GET of an owner that the watches have not shown. Never throws. */
export async function getOwner(
  reading: { readonly api: KubernetesApi; readonly signal: AbortSignal; readonly onForbidden: RefusedGets },
  owner: OwnerRef,
  namespace: string,
): Promise<OwnerAnswer> {
  const resource = watchedResources.find(({ kind }) => kind === owner.kind);
  if (resource === undefined) return { kind: 'refused' };
  const { api, signal, onForbidden } = reading;
  try {
    const response = await api.get({ path: objectPath(resource, namespace, owner.name), signal, timeoutMs });
    const body = await readText(response.body, maxOwnerBytes);
    if (response.status === 200) return { kind: 'found', raw: parseJson(body) };
    const reason = messageOf(body) ?? `HTTP ${response.status}`;
    if (response.status === 403) await onForbidden(resource.plural, namespace, reason);
    return response.status === 403 || response.status === 404 ? { kind: 'refused' } : { kind: 'failed', reason };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
