import type { Clock } from '#core/ports.ts';
import { failure, jsonAnswer, type ApiAnswer } from './api-status.ts';
import type { FaultRequest } from './fault.ts';
import { answerList } from './list-endpoint.ts';
import type { ListPages } from './list-pages.ts';
import type { LogAnswer } from './log-answers.ts';
import { answerLog } from './log-endpoint.ts';
import type { ObjectStore } from './object-store.ts';
import type { ObserverReaction } from './observer-reaction.ts';
import type { OpenWatches } from './open-watches.ts';
import { isTrue } from './query-flag.ts';
import { parseResourcePath, type ApiResource } from './resource-path.ts';
import type { ResponseWriter } from './response-writer.ts';
import { answerUsage, type MeasureMemory } from './usage-endpoint.ts';
import { openWatch } from './watch-endpoint.ts';
import type { WatchHistory } from './watch-history.ts';

/** Everything the replayed server knows. */
export interface ReplayedWorld {
  readonly store: ObjectStore;
  readonly history: WatchHistory;
  readonly watches: OpenWatches;
  readonly reaction: ObserverReaction;
  readonly answers: readonly LogAnswer[];
  readonly clock: Clock;
  readonly pages: ListPages;
  readonly resources: readonly ApiResource[];
  /** Undefined: there is no `metrics.k8s.io`. */
  readonly measure: MeasureMemory | undefined;
}

const version = { major: '1', minor: '36', gitVersion: 'v1.36.2', platform: 'linux/amd64' };
const accessReviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Answers one request; the credentials of the request are not looked at. */
export function routeRequest(world: ReplayedWorld, request: FaultRequest, writer: ResponseWriter): void {
  const { method, path, query } = request;
  if (method === 'POST' && path === accessReviews) return writer.answer(accessReview());
  if (method === 'GET' && path === '/version') return writer.answer(jsonAnswer(200, version));
  if (method === 'GET' && /^\/(?:healthz|livez|readyz)$/.test(path)) {
    return writer.answer({ status: 200, body: 'ok', headers: { 'content-type': 'text/plain' } });
  }
  if (world.measure !== undefined && method === 'GET') {
    const usage = answerUsage({ store: world.store, measure: world.measure, now: world.clock.now() }, path);
    if (usage !== undefined) return writer.answer(usage);
  }
  const wanted = parseResourcePath(path, world.resources);
  if (wanted === undefined) return writer.answer(failure(404, 'the server could not find the requested resource'));
  if (method !== 'GET') return writer.answer(failure(405, 'the server does not allow this method on the requested resource'));

  const now = world.clock.now().getTime();
  if (wanted.target === 'log') return writer.answer(answerLog({ ...world, now }, wanted, query));
  if (wanted.target === 'object') {
    const object = world.store.get(wanted.resource.plural, wanted.namespace, wanted.name);
    return writer.answer(object === undefined ? notFound(wanted.resource, wanted.name) : jsonAnswer(200, object));
  }
  world.reaction.asked(wanted.resource.plural);
  if (isTrue(query, 'watch')) openWatch(world, wanted, query, writer);
  else writer.answer(answerList({ ...world, now }, wanted, query));
}

function notFound(resource: ApiResource, name: string): ApiAnswer {
  const group = resource.apiVersion.includes('/') ? `.${resource.apiVersion.split('/')[0]}` : '';
  return failure(404, `${resource.plural}${group} "${name}" not found`, { name, kind: resource.plural });
}

/** A replay has no roles: whatever is asked for is allowed. */
function accessReview(): ApiAnswer {
  const review = { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec: {} };
  return jsonAnswer(201, { ...review, status: { allowed: true, reason: 'replayed' } });
}
