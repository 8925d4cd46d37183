import { MortemError } from '#core/errors.ts';
import { objects, object, word, type Json } from '../trim/read-field.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { parseJson, readRefusal, readText, type Refusal } from './read-body.ts';

export type ListOutcome =
  | { readonly kind: 'listed'; readonly resourceVersion: string; readonly objects: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ListRequest {
  readonly path: string;
  readonly pageSize: number;
  readonly signal: AbortSignal;
}

const pageTimeoutMs = 60_000;
const maxPageBytes = 512_000_000;

/**
 * Lists a collection page by page; each page is handled before the next is asked for, and none is kept.
 *
 * @throws {MortemError} `unreachable` when no answer comes or it breaks off
 */
export async function listPages(api: KubernetesApi, request: ListRequest, handle: (object: Json) => Promise<void>): Promise<ListOutcome> {
  let token: string | undefined;
  let count = 0;
  for (;;) {
    const query = { limit: String(request.pageSize), continue: token };
    const response = await api.get({ path: request.path, query, signal: request.signal, timeoutMs: pageTimeoutMs });
    if (response.status !== 200) return { kind: 'refused', refusal: await readRefusal(response) };
    const page = parseJson(await readText(response.body, maxPageBytes));
    const metadata = object(object(page).metadata);
    const resourceVersion = word(metadata.resourceVersion, 64);
    if (resourceVersion === undefined) {
      throw new MortemError('unreachable', `The Kubernetes API at ${api.server} answered ${request.path} with something that is no list.`);
    }
    for (const item of objects(object(page).items, Number.POSITIVE_INFINITY)) {
      await handle(item);
      count += 1;
    }
    token = word(metadata.continue, 65_536);
    if (token === undefined) return { kind: 'listed', resourceVersion, objects: count };
  }
}
