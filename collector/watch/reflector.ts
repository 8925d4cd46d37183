import type { Clock, Logger } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import { createBackOff, type BackOff } from './back-off.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { listPages } from './list-pages.ts';
import type { Refusal } from './read-body.ts';
import type { ResourceHandler, ResourceSource, SourcePhase, SourceState } from './resource-source.ts';
import { collectionPath, type WatchedResource } from './watched-resources.ts';
import { watchOnce, type GoodLine, type WatchEnd } from './watch-once.ts';

export interface ReflectorOptions {
  readonly api: KubernetesApi;
  readonly resource: WatchedResource;
  readonly namespace?: string;
  readonly handler: ResourceHandler;
  readonly clock: Clock;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly activity: Activity;
  /** Told once per wording when the API does not allow or does not have the resource. */
  readonly onRefused: (refusal: Refusal) => Promise<void>;
}

interface Reflector extends ReflectorOptions {
  readonly path: string;
  readonly name: { readonly resource: string; readonly namespace?: string };
  readonly backOff: BackOff;
  readonly firstAttempt: PromiseWithResolvers<void>;
  readonly progress: Progress;
}

interface Progress {
  phase: SourcePhase;
  /** Where the next watch begins; undefined makes the next step a list. */
  version?: string | undefined;
  handled?: string;
  upToDateAt?: Date;
  lists: number;
  fault?: string | undefined;
  refusalTold?: string | undefined;
}

/** Permissions and resources do appear while a collector runs, but nobody waits for them. */
const refusedRetryMs = 600_000;
/** A watch that ends sooner, and empty, failed in disguise. */
const shortestWatchMs = 1000;

/** Lists, then watches from the list's version; after a gap it lists again. One loop that ends only when it is stopped. */
export function createReflector(options: ReflectorOptions): ResourceSource {
  const { resource, namespace, activity } = options;
  const name = { resource: resource.plural, ...(namespace !== undefined && { namespace }) };
  const progress: Progress = { phase: 'starting', lists: 0 };
  const reflector: Reflector = {
    ...options,
    path: collectionPath(resource, namespace),
    name,
    backOff: createBackOff(options.random),
    firstAttempt: Promise.withResolvers<void>(),
    progress,
  };
  return {
    resource,
    firstAttempt: reflector.firstAttempt.promise,
    run: (signal) => activity.run(() => loop(reflector, signal)),
    state: (): SourceState => ({
      ...name,
      phase: progress.phase,
      relists: Math.max(0, progress.lists - 1),
      ...(progress.handled !== undefined && { resourceVersion: progress.handled }),
      ...(progress.fault !== undefined && { lastFault: progress.fault }),
    }),
  };
}

async function loop(reflector: Reflector, signal: AbortSignal): Promise<void> {
  const { progress, firstAttempt } = reflector;
  while (!signal.aborted) {
    try {
      await (progress.version === undefined ? list(reflector, signal) : watch(reflector, progress.version, signal));
    } catch (error) {
      if (!signal.aborted) await failed(reflector, error instanceof Error ? error.message : String(error), signal);
    }
    firstAttempt.resolve();
  }
  if (progress.phase !== 'refused') progress.phase = 'stopped';
  firstAttempt.resolve();
}

async function list(reflector: Reflector, signal: AbortSignal): Promise<void> {
  const { api, path, resource, handler, progress } = reflector;
  progress.phase = 'listing';
  handler.listStarted();
  const handle = (object: Parameters<ResourceHandler['listed']>[0]): Promise<void> => guarded(reflector, () => handler.listed(object));
  const outcome = await listPages(api, { path, pageSize: resource.pageSize, signal }, handle);
  if (outcome.kind === 'refused') return refused(reflector, outcome.refusal, signal);
  const { resourceVersion, objects } = outcome;
  const gap = progress.lists > 0 && progress.upToDateAt !== undefined ? { gapSince: progress.upToDateAt } : {};
  await guarded(reflector, () => handler.listEnded({ resourceVersion, objects, ...gap }));
  progress.version = resourceVersion;
  progress.lists += 1;
  progress.refusalTold = undefined;
  caughtUp(reflector, resourceVersion);
}

async function watch(reflector: Reflector, from: string, signal: AbortSignal): Promise<void> {
  const { api, path, clock, random, activity, progress } = reflector;
  const openedAt = clock.now().getTime();
  let lines = 0;
  const end = await watchOnce(
    { api, path, from, clock, random, signal, activity },
    {
      opened() {
        progress.phase = 'open';
      },
      async line(line) {
        lines += 1;
        await handleLine(reflector, line);
      },
    },
  );
  if (progress.phase === 'open') progress.upToDateAt = clock.now();
  progress.phase = 'listing';
  if (signal.aborted) return;
  await afterWatch(reflector, { end, worked: lines > 0 || clock.now().getTime() - openedAt >= shortestWatchMs }, signal);
}

async function handleLine(reflector: Reflector, line: GoodLine): Promise<void> {
  const { handler, backOff, progress } = reflector;
  if (line.kind === 'change') await guarded(reflector, () => handler.changed(line.type, line.object));
  backOff.reset();
  progress.fault = undefined;
  progress.version = line.resourceVersion;
  caughtUp(reflector, line.resourceVersion);
}

function caughtUp({ progress, clock }: Reflector, resourceVersion: string): void {
  progress.handled = resourceVersion;
  progress.upToDateAt = clock.now();
}

async function afterWatch(reflector: Reflector, { end, worked }: { end: WatchEnd; worked: boolean }, signal: AbortSignal): Promise<void> {
  switch (end.kind) {
    case 'ended':
      return worked ? undefined : failed(reflector, 'the watch ended at once', signal);
    case 'expired':
      reflector.progress.version = undefined;
      reflector.logger.info('watch-expired', { ...reflector.name, reason: end.message });
      return worked ? undefined : failed(reflector, end.message, signal);
    case 'refused':
      return refused(reflector, end.refusal, signal);
    case 'broken':
      return failed(reflector, end.reason, signal);
    default:
      return end satisfies never;
  }
}

async function failed(reflector: Reflector, reason: string, signal: AbortSignal, retryAfterMs = 0): Promise<void> {
  const { progress, backOff, logger, name } = reflector;
  progress.fault = reason;
  const retryInMs = Math.max(backOff.next(), retryAfterMs);
  logger.warn('watch-failed', { ...name, reason, retryInMs });
  await pause(reflector, { ms: retryInMs, phase: 'waiting' }, signal);
}

async function refused(reflector: Reflector, refusal: Refusal, signal: AbortSignal): Promise<void> {
  const { progress, onRefused } = reflector;
  if (refusal.status !== 403 && refusal.status !== 404) return failed(reflector, refusal.message, signal, refusal.retryAfterMs);
  progress.fault = refusal.message;
  if (progress.refusalTold !== refusal.message) await onRefused(refusal);
  progress.refusalTold = refusal.message;
  await pause(reflector, { ms: refusedRetryMs, phase: 'refused' }, signal);
}

async function pause(reflector: Reflector, { ms, phase }: { ms: number; phase: SourcePhase }, signal: AbortSignal): Promise<void> {
  const { progress, firstAttempt, activity, clock } = reflector;
  progress.phase = phase;
  firstAttempt.resolve();
  await activity.idleWhile(clock.sleep(ms, signal));
}

/** One object that cannot be handled must not stop the others; it is logged, and the stream goes on. */
async function guarded({ logger, name }: Reflector, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    logger.error('object-not-handled', { ...name, error: error instanceof Error ? error.message : String(error) });
  }
}
