import type { Clock, Logger } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import { createBackOff, type BackOff } from './back-off.ts';
import { catchUp, type CatchUpEnd } from './catch-up.ts';
import { decideAfterWatch } from './decide-after-watch.ts';
import { createHandlingWindow, type Handling, type HandlingWindow } from './handling-window.ts';
import { knowsVersion } from './knows-version.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { listPages, type ListOutcome, type PageFault } from './list-pages.ts';
import { objectHandling, readingOf } from './object-handling.ts';
import { setLive, startProgress, type Progress } from './progress.ts';
import type { Refusal } from './read-body.ts';
import type { ListedObject } from './read-page.ts';
import type { WatchReading } from './read-watch.ts';
import type { ResourceHandler, ResourceSource, SourcePhase, SourceState } from './resource-source.ts';
import type { SourceVersion } from './source-version.ts';
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
  /** Where an earlier process came to, and where this one comes to; undefined: nothing outlives the process. */
  readonly version?: SourceVersion | undefined;
}

interface Reflector extends ReflectorOptions {
  readonly path: string;
  readonly name: { readonly resource: string; readonly namespace?: string };
  readonly backOff: BackOff;
  readonly refusedBackOff: BackOff;
  readonly firstAttempt: PromiseWithResolvers<void>;
  readonly progress: Progress;
  readonly window: HandlingWindow;
  readonly reading: WatchReading;
}

/** A server that starts refuses for some seconds what it will allow; a right that was never given is asked for ever more rarely. */
const refusedRange = { firstMs: 15_000, longestMs: 600_000 };
const pageTries = 5;
const resumeTries = 5;
/** Objects of a source on their way to the disk: enough to share its syncs, few enough to be held whole. */
const handledAtOnce = 32;
/** A server that has never been quiet since the watch was opened has sent what was missed by then. */
const longestBacklogMs = 30_000;
/** A list so slow that its continue token expires is asked for in larger pages, up to this. */
const largestPage = 1000;

/** Lists, then watches from the list's version; after a gap it lists again. One loop that ends only when it is stopped. */
export function createReflector(options: ReflectorOptions): ResourceSource {
  const { resource, namespace, activity, random } = options;
  const name = { resource: resource.plural, ...(namespace !== undefined && { namespace }) };
  const progress = startProgress(resource.pageSize);
  const window = createHandlingWindow(handledAtOnce, activity);
  const reflector: Reflector = {
    ...options,
    path: collectionPath(resource, namespace),
    name,
    backOff: createBackOff(random),
    refusedBackOff: createBackOff(random, refusedRange),
    firstAttempt: Promise.withResolvers<void>(),
    progress,
    window,
    reading: readingOf(options, window),
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
      ...(progress.upToDateAt !== undefined && { upToDateAt: progress.upToDateAt }),
      ...(progress.fault !== undefined && { lastFault: progress.fault }),
    }),
  };
}

async function loop(reflector: Reflector, signal: AbortSignal): Promise<void> {
  const { progress, firstAttempt, version } = reflector;
  if (version?.last !== undefined) await resume(reflector, version.last, signal);
  while (!signal.aborted) {
    try {
      await (progress.from === undefined ? list(reflector, signal) : watch(reflector, progress.from, signal));
    } catch (error) {
      if (!signal.aborted) await failed(reflector, error instanceof Error ? error.message : String(error), signal);
    }
    firstAttempt.resolve();
  }
  if (progress.phase !== 'refused') progress.phase = 'stopped';
  firstAttempt.resolve();
}

/** After a restart: a server that fails now would fail the list too, so it is asked again. */
async function resume(reflector: Reflector, { version, at }: NonNullable<SourceVersion['last']>, signal: AbortSignal): Promise<void> {
  const { progress, handler, logger, name, clock, activity, backOff, window } = reflector;
  progress.upToDateAt = at;
  let end: CatchUpEnd = 'failed';
  for (let tries = 0; end === 'failed' && tries < resumeTries && !signal.aborted; tries++) {
    if (tries > 0) await activity.idleWhile(clock.sleep(backOff.next(), signal));
    end = await catchUp({ ...reflector, from: progress.handled ?? version, signal }, (line) => handleLine(reflector, line));
    await window.settled();
  }
  logger.info('caught-up', { ...name, from: version, end });
  if (end === 'done') progress.upToDateAt = clock.now();
  if (end !== 'set-back') handler.startsAfter?.(progress.handled ?? version);
  progress.from = undefined;
}

async function list(reflector: Reflector, signal: AbortSignal): Promise<void> {
  const { api, path, handler, progress, window, reading, clock } = reflector;
  progress.phase = 'listing';
  const asOf = clock.now();
  progress.isIncomplete = false;
  handler.listStarted();
  const onFault = notHandled(reflector);
  const handle = ({ object, rawHash }: ListedObject): Promise<void> =>
    window.start({ ...objectHandling(object, (taken) => handler.listed(taken, rawHash), onFault), done() {} });
  const waitForPage = (fault: PageFault): Promise<boolean> => waitForPageOf(reflector, fault, signal);
  const outcome = await listWhole(
    reflector,
    listPages(api, { path, pageSize: progress.pageSize, signal, waitForPage, ...reading }, handle),
  );
  if (outcome.kind === 'refused') {
    if (outcome.refusal.status === 410) progress.pageSize = Math.min(progress.pageSize * 4, largestPage);
    return refused(reflector, outcome.refusal, signal);
  }
  const { resourceVersion, objects } = outcome;
  const gap = progress.upToDateAt === undefined ? {} : { gapSince: progress.upToDateAt };
  await handler.listEnded({ resourceVersion, objects, asOf, ...gap }).catch(onFault);
  progress.lists += 1;
  progress.upToDateAt = asOf;
  setLive(progress, reflector.version, false);
  progress.refusalTold = undefined;
  caughtUp(reflector, resourceVersion);
}

/** Also of a list that breaks off every object is handled before anything else begins. */
async function listWhole({ window }: Reflector, listing: Promise<ListOutcome>): Promise<ListOutcome> {
  try {
    return await listing;
  } finally {
    await window.settled();
  }
}

async function waitForPageOf(reflector: Reflector, { reason, retryAfterMs, tries }: PageFault, signal: AbortSignal): Promise<boolean> {
  if (tries >= pageTries || signal.aborted) return false;
  const { logger, name, backOff, activity, clock } = reflector;
  const retryInMs = Math.max(backOff.next(), retryAfterMs);
  logger.warn('page-failed', { ...name, reason, retryInMs });
  await activity.idleWhile(clock.sleep(retryInMs, signal));
  return !signal.aborted;
}

async function watch(reflector: Reflector, from: string, signal: AbortSignal): Promise<void> {
  const { api, path, clock, random, activity, progress, reading, version } = reflector;
  const openedAt = clock.now().getTime();
  let lines = 0;
  const end = await watchOnce(
    { api, path, from, clock, random, signal, activity, reading },
    {
      opened() {
        progress.phase = 'open';
      },
      async line(line) {
        lines += 1;
        if (clock.now().getTime() - openedAt >= longestBacklogMs) setLive(progress, version, true);
        await handleLine(reflector, line);
      },
      quiet: () => setLive(progress, version, true),
    },
  );
  await reflector.window.settled();
  // Of a connection that broke nobody knows since when it was dead, and of a silent server whether it knows the version.
  if (progress.isLive && end.kind !== 'broken' && lines > 0) progress.upToDateAt = clock.now();
  setLive(progress, version, false);
  progress.phase = 'listing';
  if (signal.aborted) return;
  await afterWatch(reflector, { end, lines, lastedMs: clock.now().getTime() - openedAt }, signal);
}

function handleLine(reflector: Reflector, line: GoodLine): Promise<void> {
  const { progress, backOff, window } = reflector;
  const { resourceVersion } = line;
  return window.start({
    ...handlingOf(reflector, line),
    done() {
      // A list does not reset these: one whose watch fails at once would be done again every second.
      backOff.reset();
      progress.faults = 0;
      progress.fault = undefined;
      caughtUp(reflector, resourceVersion);
    },
  });
}

function handlingOf(reflector: Reflector, line: GoodLine): Pick<Handling, 'key' | 'work'> {
  if (line.kind === 'bookmark') return { work: () => Promise.resolve() };
  const { type, object, rawHash } = line;
  return objectHandling(object, (taken) => reflector.handler.changed(type, taken, rawHash), notHandled(reflector));
}

function caughtUp({ progress, clock, version, refusedBackOff }: Reflector, resourceVersion: string): void {
  progress.from = resourceVersion;
  progress.handled = resourceVersion;
  if (progress.isLive) progress.upToDateAt = clock.now();
  if (!progress.isIncomplete) version?.note(resourceVersion);
  refusedBackOff.reset();
}

async function afterWatch(
  reflector: Reflector,
  ended: { readonly end: WatchEnd; readonly lines: number; readonly lastedMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { progress, logger, name } = reflector;
  const next = decideAfterWatch({ ...ended, faultsBefore: progress.faults, isIncomplete: progress.isIncomplete });
  switch (next.kind) {
    case 'again':
      return;
    case 'doubt':
      return doubt(reflector, signal);
    case 'relist':
      progress.from = undefined;
      progress.faults = 0;
      logger.info('watch-expired', { ...name, reason: next.reason });
      return next.afterPause ? failed(reflector, next.reason, signal, next.retryAfterMs) : undefined;
    case 'retry':
      if (next.isFault) progress.faults += 1;
      return failed(reflector, next.reason, signal, next.retryAfterMs);
    case 'refused':
      return refused(reflector, next.refusal, signal);
    default:
      return next satisfies never;
  }
}

/** A whole watch without a line: all is quiet, or the server was set back and knows nothing of what we ask for. */
async function doubt(reflector: Reflector, signal: AbortSignal): Promise<void> {
  const { api, path, progress, handler, logger, name, clock } = reflector;
  const version = progress.from;
  const endedAt = clock.now();
  if (version === undefined || (await knowsVersion(api, path, { version, signal }))) {
    progress.upToDateAt = endedAt;
    return setLive(progress, reflector.version, false);
  }
  progress.from = undefined;
  handler.startsAfter?.(undefined);
  logger.warn('server-set-back', { ...name, version });
}

async function failed(reflector: Reflector, reason: string, signal: AbortSignal, retryAfterMs = 0): Promise<void> {
  const { progress, backOff, logger, name } = reflector;
  progress.fault = reason;
  const retryInMs = Math.max(backOff.next(), retryAfterMs);
  logger.warn('watch-failed', { ...name, reason, retryInMs });
  await pause(reflector, { ms: retryInMs, phase: 'waiting' }, signal);
}

async function refused(reflector: Reflector, refusal: Refusal, signal: AbortSignal): Promise<void> {
  const { progress, onRefused, refusedBackOff } = reflector;
  if (refusal.status !== 403 && refusal.status !== 404) return failed(reflector, refusal.message, signal, refusal.retryAfterMs);
  progress.fault = refusal.message;
  if (progress.refusalTold !== refusal.message) await onRefused(refusal);
  progress.refusalTold = refusal.message;
  await pause(reflector, { ms: refusedBackOff.next(), phase: 'refused' }, signal);
}

async function pause(reflector: Reflector, { ms, phase }: { ms: number; phase: SourcePhase }, signal: AbortSignal): Promise<void> {
  const { progress, firstAttempt, activity, clock } = reflector;
  progress.phase = phase;
  firstAttempt.resolve();
  await activity.idleWhile(clock.sleep(ms, signal));
}

function notHandled({ logger, name, progress }: Reflector): (error: unknown) => void {
  return (error) => {
    progress.isIncomplete = true;
    logger.error('object-not-handled', { ...name, error: error instanceof Error ? error.message : String(error) });
  };
}
