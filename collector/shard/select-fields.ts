import type { KubernetesApi } from '../watch/kubernetes-api.ts';

/** The same API, but every list and watch asked of it carries the selector. */
export function selectFields(api: KubernetesApi, fieldSelector: string | undefined): KubernetesApi {
  if (fieldSelector === undefined) return api;
  return { server: api.server, get: (request) => api.get({ ...request, query: { ...request.query, fieldSelector } }) };
}
