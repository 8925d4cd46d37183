import { MortemError } from '#core/errors.ts';
import { objects, object, word, type Json } from '../trim/read-field.ts';
import type { ApiResponse, KubernetesApi } from './kubernetes-api.ts';
import { parseJson, readRefusal, readText, type Refusal } from './read-body.ts';

export type ListOutcome =
  | { readonly kind: 'listed'; readonly resourceVersion: string; readonly objects: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly page: number };

export interface ListRequest {
  readonly path: string;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  /** Waits before a page in the middle of a list is asked for again; false gives the list up. */
  readonly waitForPage: (fault: PageFault) => Promise<boolean>;
}

export interface PageFault {
  readonly reason: string;
  readonly retryAfterMs: number;
  /** 1 for the first fault of a page. */
  readonly tries: number;
}

interface Page {
  readonly items: readonly Json[];
  readonly resourceVersion: string;
  readonly token: string | undefined;
}

const pageTimeoutMs = 60_000;
const maxPageBytes = 512_000_000;

/**
 * Lists a collection page by page; each page is handled before the next is asked for, and none is kept. A fault in the middle
 * does not begin a list of a thousand pages anew: its page is asked for again.
 *
 * @throws {MortemError} `unreachable` when no answer comes or it breaks off
 */
export async function listPages(api: KubernetesApi, request: ListRequest, handle: (object: Json) => Promise<void>): Promise<ListOutcome> {
  let token: string | undefined;
  let count = 0;
  for (let number = 1, tries = 1; ;) {
    const page = await readPage(api, request, token).catch((error: unknown) => (number > 1 ? brokenPage(error) : Promise.reject(error)));
    if ('status' in page) {
      const fault = { reason: page.message, retryAfterMs: page.retryAfterMs ?? 0, tries };
      if (number === 1 || !isPassing(page) || !(await request.waitForPage(fault))) return { kind: 'refused', refusal: page, page: number };
      tries += 1;
      continue;
    }
    for (const item of page.items) await handle(item);
    count += page.items.length;
    token = page.token;
    if (token === undefined) return { kind: 'listed', resourceVersion: page.resourceVersion, objects: count };
    number += 1;
    tries = 1;
  }
}

async function readPage(api: KubernetesApi, { path, pageSize, signal }: ListRequest, token: string | undefined): Promise<Page | Refusal> {
  const query = { limit: String(pageSize), continue: token };
  const response: ApiResponse = await api.get({ path, query, signal, timeoutMs: pageTimeoutMs });
  if (response.status !== 200) return readRefusal(response);
  const page = object(parseJson(await readText(response.body, maxPageBytes)));
  const metadata = object(page.metadata);
  const resourceVersion = word(metadata.resourceVersion, 64);
  if (resourceVersion === undefined) {
    throw new MortemError('unreachable', `The Kubernetes API at ${api.server} answered ${path} with something that is no list.`);
  }
  return { items: objects(page.items, Number.POSITIVE_INFINITY), resourceVersion, token: word(metadata.continue, 65_536) };
}

/** No answer at all, in the middle of a list. */
function brokenPage(error: unknown): Refusal {
  return { status: 0, message: error instanceof Error ? error.message : String(error) };
}

function isPassing({ status }: Refusal): boolean {
  return status === 0 || status === 429 || status >= 500;
}
