import { failure, jsonAnswer, type ApiAnswer } from './api-status.ts';
import type { ListPages } from './list-pages.ts';
import type { ObjectStore } from './object-store.ts';
import { parseScope } from './object-scope.ts';
import type { RecordedObject } from './recording.ts';
import type { ResourcePath } from './resource-path.ts';
import { compareVersions, isVersion } from './resource-version.ts';
import type { WatchHistory } from './watch-history.ts';

export interface ListDependencies {
  readonly store: ObjectStore;
  readonly history: WatchHistory;
  readonly pages: ListPages;
  /** Epoch milliseconds of virtual time. */
  readonly now: number;
}

/** A list, whole or page by page. */
export function answerList(
  { store, history, pages, now }: ListDependencies,
  path: ResourcePath & { readonly target: 'collection' },
  query: URLSearchParams,
): ApiAnswer {
  const { resource, namespace } = path;
  const parsed = parseScope(namespace, query);
  if (!parsed.ok) return failure(400, parsed.message);
  const refusal = refuseVersion(history, query);
  if (refusal !== undefined) return refusal;
  const limit = query.get('limit') ?? '0';
  if (!/^\d{1,9}$/.test(limit)) return failure(400, `invalid limit: '${limit}'`);
  const continueToken = query.get('continue') ?? '';

  const page = pages.page(
    {
      path: [
        resource.apiVersion,
        resource.plural,
        namespace ?? '',
        query.get('fieldSelector') ?? '',
        query.get('labelSelector') ?? '',
      ].join(' '),
      limit: Number(limit),
      now,
      ...(continueToken === '' ? {} : { continueToken }),
    },
    () => {
      history.issued(resource.plural, history.version(), history.sequence());
      return { version: history.version(), objects: store.list(resource.plural).filter(parsed.scope) };
    },
  );
  if (page.kind === 'bad-token') return failure(400, 'continue key is not valid: it was not given out for this list');
  if (page.kind === 'expired') {
    return failure(
      410,
      'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
    );
  }
  return jsonAnswer(200, {
    kind: `${resource.kind}List`,
    apiVersion: resource.apiVersion,
    metadata: {
      resourceVersion: page.version,
      ...(page.next === undefined ? {} : { continue: page.next, remainingItemCount: page.remaining }),
    },
    items: page.objects.map(withoutType),
  });
}

function refuseVersion(history: WatchHistory, query: URLSearchParams): ApiAnswer | undefined {
  const version = query.get('resourceVersion') ?? '';
  if (version === '' || version === '0') return undefined;
  if (!isVersion(version)) return failure(400, `Invalid value: "${version}": invalid resource version`);
  if (compareVersions(version, history.newest()) > 0) {
    const tooLarge = failure(504, `Too large resource version: ${version}, current: ${history.newest()}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    });
    return { ...tooLarge, headers: { ...tooLarge.headers, 'retry-after': '1' } };
  }
  const isExact = query.get('resourceVersionMatch') === 'Exact';
  return isExact && version !== history.version() ? failure(410, `The provided resource version is not available: ${version}`) : undefined;
}

/** A real server leaves kind and apiVersion out of the items of a list. */
function withoutType({ kind: _kind, apiVersion: _apiVersion, ...item }: RecordedObject): object {
  return item;
}
