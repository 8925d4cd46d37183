import type { ContainerStatus } from '#core/wire/container.ts';
import { object } from '../trim/read-field.ts';
import { trimContainers } from '../trim/trim-containers.ts';
import { identityOf } from '../trim/trim-identity.ts';
import type { KubernetesApi } from '../watch/kubernetes-api.ts';
import { messageOf, parseJson, readText } from '../watch/read-body.ts';
import type { Slots } from './slots.ts';

/** A pod as it is now. `gone` is a 404; `failed` says nothing about the pod. */
export type PodReading =
  | { readonly kind: 'found'; readonly uid: string; readonly containers: readonly ContainerStatus[]; readonly raw: unknown }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string; readonly status?: number };

export interface ReadPodDependencies {
  readonly api: KubernetesApi;
  readonly slots: Slots;
  readonly signal: AbortSignal;
}

const timeoutMs = 15_000;
const maxPodBytes = 8_000_000;

/** Never throws. */
export async function readPod({ api, slots, signal }: ReadPodDependencies, namespace: string, name: string): Promise<PodReading> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  try {
    return await slots.run(async () => {
      const response = await api.get({ path, signal, timeoutMs });
      const body = await readText(response.body, maxPodBytes);
      if (response.status === 404) return { kind: 'gone' };
      if (response.status !== 200) return { kind: 'failed', reason: messageOf(body) ?? `HTTP ${response.status}`, status: response.status };
      const raw = parseJson(body);
      const uid = identityOf(raw)?.uid;
      if (uid === undefined) return { kind: 'failed', reason: 'the answer is no pod' };
      return { kind: 'found', uid, containers: trimContainers(object(object(raw).spec), object(object(raw).status)), raw };
    });
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
