import { MortemError } from '#core/errors.ts';
import type { ApiResponse, KubernetesApi } from './kubernetes-api.ts';
import type { LeavingOut } from './leave-out.ts';
import { readBytes, readRefusal, type Refusal, type Room } from './read-body.ts';
import { readPage, type ListedObject, type Page } from './read-page.ts';

export type ListOutcome =
  | { readonly kind: 'listed'; readonly resourceVersion: string; readonly objects: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly page: number };

export interface ListRequest extends LeavingOut {
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

const pageTimeoutMs = 60_000;
const maxPageBytes = 512_000_000;

/**
 * Lists a collection page by page; each page is handled before the next is asked for, and none is kept. A fault in the middle
 * does not begin a list of a thousand pages anew: its page is asked for again.
 *
 * @throws {MortemError} `unreachable` when no answer comes or it breaks off
 */
export async function listPages(
  api: KubernetesApi,
  request: ListRequest,
  handle: (listed: ListedObject) => Promise<void>,
): Promise<ListOutcome> {
  const room: Room = { bytes: Buffer.alloc(0) };
  let token: string | undefined;
  let count = 0;
  for (let number = 1, tries = 1; ;) {
    const page = await getPage(api, { ...request, token, room }).catch((error: unknown) =>
      number > 1 ? brokenPage(error) : Promise.reject(error),
    );
    if ('status' in page) {
      const fault = { reason: page.message, retryAfterMs: page.retryAfterMs ?? 0, tries };
      if (number === 1 || !isPassing(page) || !(await request.waitForPage(fault))) return { kind: 'refused', refusal: page, page: number };
      tries += 1;
      continue;
    }
    for (const listed of page.items) {
      await handle(listed);
      count += 1;
    }
    token = page.token;
    if (token === undefined) return { kind: 'listed', resourceVersion: page.resourceVersion, objects: count };
    number += 1;
    tries = 1;
  }
}

interface PageRequest extends ListRequest {
  readonly token: string | undefined;
  /** Of the page before, which is over. */
  readonly room: Room;
}

async function getPage(api: KubernetesApi, { path, pageSize, signal, token, room, ...leaving }: PageRequest): Promise<Page | Refusal> {
  const query = { limit: String(pageSize), continue: token };
  const response: ApiResponse = await api.get({ path, query, signal, timeoutMs: pageTimeoutMs });
  if (response.status !== 200) return readRefusal(response);
  const page = readPage(await readBytes(response.body, maxPageBytes, room), leaving);
  if (page === undefined) {
    throw new MortemError('unreachable', `The Kubernetes API at ${api.server} answered ${path} with something that is no list.`);
  }
  return page;
}

/** No answer at all, in the middle of a list. */
function brokenPage(error: unknown): Refusal {
  return { status: 0, message: error instanceof Error ? error.message : String(error) };
}

function isPassing({ status }: Refusal): boolean {
  return status === 0 || status === 429 || status >= 500;
}
