import type { Clock } from '#core/ports.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { unwatched } from '../coverage.ts';
import { decideLogPlace } from '../detect/decide-log-place.ts';
import { decidePodChange, type PodChange, type UnreadyStretch } from '../detect/decide-pod-change.ts';
import { isPodUrgent } from '../detect/decide-urgency.ts';
import type { Death } from '../detect/find-deaths.ts';
import type { PodMemories } from '../detect/pod-memories.ts';
import type { LogFetcher } from '../enrich/log-fetcher.ts';
import type { DeathLogRequest } from '../enrich/log-request.ts';
import { createGapCount } from '../known/gap-count.ts';
import { knownOf } from '../known/known-of.ts';
import type { KnownPod } from '../known/known-line.ts';
import { longGapMs } from '../known/long-gap.ts';
import type { KnownPods } from '../known/known-pods.ts';
import type { Recorder } from '../recorder.ts';
import { identifier, object as asObject, type Json } from '../trim/read-field.ts';
import { trimPod } from '../trim/trim-pod.ts';
import type { ListSummary, ResourceHandler } from '../watch/resource-source.ts';
import type { UsageSampler } from '../usage/usage-sampler.ts';
import type { WorkloadResolver } from '../workload/resolve-workload.ts';

export interface PodHandlerDependencies {
  /** Undefined: all namespaces. */
  readonly namespace: string | undefined;
  readonly resolver: WorkloadResolver;
  readonly memories: PodMemories;
  readonly logs: LogFetcher;
  readonly usage: Pick<UsageSampler, 'seen' | 'gone'>;
  readonly recorder: Recorder;
  readonly collector: string;
  /** Undefined: nothing outlives the process. */
  readonly known: KnownPods | undefined;
  readonly clock: Clock;
  readonly onUnready: (podUid: string, stretch: UnreadyStretch) => void;
  readonly onRelist: (list: ListSummary, gone: number) => Promise<void>;
}

/** Lines of the journal that share a write. */
const journaledAtOnce = 500;
const neverSeen = { restartCount: 0, hasEnded: false };

interface Sighting {
  readonly deleted: boolean;
  readonly listed: boolean;
  readonly rawHash: string | undefined;
}

interface FollowUp extends Pick<Sighting, 'deleted' | 'listed'> {
  readonly uid: string;
  readonly recorded: Promise<unknown>;
  readonly requests: readonly DeathLogRequest[];
  readonly change: PodChange;
}

/** Ships a pod when something in it that matters changed, and asks for the log of each death in it. */
export function createPodHandler(dependencies: PodHandlerDependencies): ResourceHandler {
  const { namespace, collector, resolver, memories, usage, recorder, clock, known, onRelist } = dependencies;
  const gap = createGapCount();
  let alive = new Set<string>();
  let isRelist = false;

  /** A pod that is new after a gap was born in it: all its ends are of this time. What there was before the first start is not. */
  function compare(earlier: KnownPod | undefined, { namespace: of, name, createdAt, containers }: Draft<PodObservation>): void {
    const isBornInGap = isRelist || (known?.lastAt !== undefined && Date.parse(createdAt) >= known.lastAt.getTime() - 1000);
    const unborn = { namespace: of, name, containers: new Map(containers.map((container) => [container.name, neverSeen])) };
    if (earlier !== undefined || isBornInGap) gap.compare(earlier ?? unborn, containers);
  }

  async function handle(object: Json, sighting: Sighting): Promise<void> {
    const { deleted } = sighting;
    const at = clock.now();
    const trimmed = trimPod(object, await resolver.workloadOf(object, 'Pod'));
    // Not awaited here: while the disk is waited for, nobody holds the object.
    return trimmed && tell(deleted ? { ...trimmed, deleted } : trimmed, at, sighting);
  }

  function tell(draft: Draft<PodObservation>, at: Date, { deleted, listed, rawHash }: Sighting): Promise<void> {
    const { uid } = draft;
    const before = memories.get(uid);
    const earlier = before === undefined ? known?.take(uid) : knownOf(before);
    if (listed) compare(earlier, draft);
    const change = decidePodChange(draft, before, at.getTime());
    if (deleted) memories.forget(uid);
    else memories.set(uid, change.memory, rawHash);
    const recorded = change.changed ? recorder.record(draft, { urgent: isPodUrgent(draft, change.deaths), at }) : undefined;
    // In this order into the spool: the state, and then what was measured before it.
    const measured = usage.seen(draft, change.deaths);
    const requests = change.deaths.map((death) => deathLogRequest(draft, death));
    return followUp(dependencies, { uid, recorded: Promise.all([recorded, measured]), requests, change, deleted, listed });
  }

  return {
    listStarted() {
      alive = new Set();
    },
    async listed(object, rawHash) {
      const uid = identifier(asObject(object.metadata).uid, 128);
      if (uid !== undefined) alive.add(uid);
      return handle(object, { deleted: false, listed: true, rawHash });
    },
    async listEnded(list) {
      const gone = memories.keepOnly(alive, namespace);
      const goneBefore = known?.takeRest(namespace) ?? [];
      for (const { uid, pod } of gone) usage.gone({ ...pod, uid });
      for (const pod of [...gone.map((one) => one.pod), ...goneBefore.map(([, one]) => one)]) gap.gone(pod);
      await onRelist(list, gone.length);
      const to = clock.now();
      const from = list.gapSince ?? known?.lastAt ?? to;
      if (to.getTime() - from.getTime() > longGapMs) await recorder.record(unwatched(collector, { resource: 'pods', namespace, from, to }));
      for (const note of gap.take({ collector, resource: 'pods', from, to })) await recorder.record(note);
      isRelist = true;
      const forgotten = [...gone.map(({ uid }) => uid), ...goneBefore.map(([uid]) => uid)];
      if (known !== undefined) await journalList(known, { memories, alive, gone: forgotten });
    },
    changed: (type, object, rawHash) => handle(object, { deleted: type === 'DELETED', listed: false, rawHash }),
    knows: (uid, rawHash) => memories.knows(uid, rawHash),
  };
}

/** What is done when the state is on the disk. */
async function followUp(
  { logs, known, onUnready }: PodHandlerDependencies,
  { uid, recorded, requests, change, deleted, listed }: FollowUp,
): Promise<void> {
  await recorded;
  for (const request of requests) logs.request(request);
  if (!listed) await (deleted ? known?.forget(uid) : known?.remember(uid, change.memory));
  if (!deleted) for (const stretch of change.unready) onUnready(uid, stretch);
}

interface ListedPods {
  readonly memories: PodMemories;
  readonly alive: ReadonlySet<string>;
  readonly gone: readonly string[];
}

/** Only when the gap is told: whoever is killed before finds the same gap again. */
async function journalList(known: KnownPods, { memories, alive, gone }: ListedPods): Promise<void> {
  const changes = [
    ...gone.map((uid) => () => known.forget(uid)),
    ...[...alive].map((uid) => async () => {
      const memory = memories.get(uid);
      if (memory !== undefined) await known.remember(uid, memory);
    }),
  ];
  for (let at = 0; at < changes.length; at += journaledAtOnce) {
    await Promise.all(changes.slice(at, at + journaledAtOnce).map((change) => change()));
  }
}

function deathLogRequest(draft: Draft<PodObservation>, death: Death): DeathLogRequest {
  const container = draft.containers.find(({ name }) => name === death.container);
  const place = decideLogPlace(container, death.containerID);
  const previous = place.kind === 'here' && place.previous;
  const before = previous ? undefined : container?.lastState?.terminated;
  const { container: name, role, containerID, attempt, terminated } = death;
  return {
    purpose: 'death',
    namespace: draft.namespace,
    pod: draft.name,
    podUid: draft.uid,
    container: name,
    containerID,
    role,
    workload: draft.workload,
    attempt,
    terminated,
    previous,
    ...(before && { before }),
  };
}
