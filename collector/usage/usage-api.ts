import { readItems } from './read-items.ts';
import { parsePodUsage, type PodUsage } from './parse-pod-usage.ts';
import type { ApiResponse, KubernetesApi } from '../watch/kubernetes-api.ts';
import { parseJson, readRefusal, readText, type Refusal } from '../watch/read-body.ts';

/** `refused`: not allowed, or not there. `failed`: it may work the next time. */
export type UsageAnswer =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly reason: string };

/** `metrics.k8s.io` as far as it is asked. Nothing of it throws. */
export interface UsageApi {
  /** Whether the cluster offers it at all. */
  offered(): Promise<UsageAnswer>;
  /** All pods of a namespace that have been measured. */
  list(namespace: string, take: (usage: PodUsage) => void): Promise<UsageAnswer>;
  /** One pod; one that was not measured yet is refused with 404. */
  get(namespace: string, pod: string, take: (usage: PodUsage) => void): Promise<UsageAnswer>;
}

const root = '/apis/metrics.k8s.io/v1beta1';
const timeoutMs = 30_000;
const maxPodBytes = 1_000_000;

export function createUsageApi({ api, signal }: { readonly api: KubernetesApi; readonly signal: AbortSignal }): UsageApi {
  async function ask(path: string, read: (response: ApiResponse) => Promise<void>): Promise<UsageAnswer> {
    try {
      const response = await api.get({ path, signal, timeoutMs });
      if (response.status === 200) {
        await read(response);
        return { kind: 'answered' };
      }
      const refusal = await readRefusal(response);
      if (refusal.status === 403 || refusal.status === 404) return { kind: 'refused', refusal };
      return { kind: 'failed', reason: refusal.message };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  const podsOf = (namespace: string): string => `${root}/namespaces/${encodeURIComponent(namespace)}/pods`;

  return {
    offered: () => ask(root, async ({ body }) => void (await readText(body, maxPodBytes))),
    list: (namespace, take) =>
      ask(podsOf(namespace), async ({ body }) => {
        for await (const item of readItems(body)) takeParsed(item, take);
      }),
    get: (namespace, pod, take) =>
      ask(`${podsOf(namespace)}/${encodeURIComponent(pod)}`, async ({ body }) =>
        takeParsed(parseJson(await readText(body, maxPodBytes)), take),
      ),
  };
}

function takeParsed(raw: unknown, take: (usage: PodUsage) => void): void {
  const usage = parsePodUsage(raw);
  if (usage !== undefined) take(usage);
}
