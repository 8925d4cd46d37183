import type { Clock } from '#core/ports.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { decideLogPlace } from '../detect/decide-log-place.ts';
import { decidePodChange, type UnreadyStretch } from '../detect/decide-pod-change.ts';
import { isPodUrgent } from '../detect/decide-urgency.ts';
import type { Death } from '../detect/find-deaths.ts';
import type { PodMemories } from '../detect/pod-memories.ts';
import type { LogFetcher } from '../enrich/log-fetcher.ts';
import type { DeathLogRequest } from '../enrich/log-request.ts';
import { createGapCount } from '../known/gap-count.ts';
import { knownOf } from '../known/known-of.ts';
import type { KnownPods } from '../known/known-pods.ts';
import type { Recorder } from '../recorder.ts';
import { identifier, object as asObject, type Json } from '../trim/read-field.ts';
import { trimPod } from '../trim/trim-pod.ts';
import type { ListSummary, ResourceHandler } from '../watch/resource-source.ts';
import type { WorkloadResolver } from '../workload/resolve-workload.ts';

export interface PodHandlerDependencies {
  /** Undefined: all namespaces. */
  readonly namespace: string | undefined;
  readonly resolver: WorkloadResolver;
  readonly memories: PodMemories;
  readonly logs: LogFetcher;
  readonly recorder: Recorder;
  readonly collector: string;
  /** Undefined: nothing outlives the process. */
  readonly known: KnownPods | undefined;
  readonly clock: Clock;
  readonly onUnready: (podUid: string, stretch: UnreadyStretch) => void;
  readonly onRelist: (list: ListSummary, gone: number) => Promise<void>;
}

/** Ships a pod when something in it that matters changed, and asks for the log of each death in it. */
export function createPodHandler(dependencies: PodHandlerDependencies): ResourceHandler {
  const { namespace, collector, resolver, memories, logs, recorder, clock, known, onUnready, onRelist } = dependencies;
  const gap = createGapCount();
  let alive = new Set<string>();

  async function handle(object: Json, { deleted, listed }: { deleted: boolean; listed: boolean }): Promise<void> {
    const at = clock.now();
    const trimmed = trimPod(object, await resolver.workloadOf(object, 'Pod'));
    if (trimmed === undefined) return;
    const draft = deleted ? { ...trimmed, deleted } : trimmed;
    const { uid } = draft;
    const before = memories.get(uid);
    const earlier = before === undefined ? known?.take(uid) : knownOf(before);
    if (listed && earlier !== undefined) gap.compare(earlier, draft.containers);
    const change = decidePodChange(draft, before, at.getTime());
    if (deleted) memories.forget(uid);
    else memories.set(uid, change.memory);
    if (change.changed) await recorder.record(draft, { urgent: isPodUrgent(draft, change.deaths), at });
    for (const death of change.deaths) logs.request(deathLogRequest(draft, death));
    await (deleted ? known?.forget(uid) : known?.remember(uid, change.memory));
    if (!deleted) for (const stretch of change.unready) onUnready(uid, stretch);
  }

  return {
    listStarted() {
      alive = new Set();
    },
    async listed(object) {
      const uid = identifier(asObject(object.metadata).uid, 128);
      if (uid !== undefined) alive.add(uid);
      await handle(object, { deleted: false, listed: true });
    },
    async listEnded(list) {
      const gone = memories.keepOnly(alive, namespace);
      for (const { uid, pod } of gone) {
        gap.gone(pod);
        await known?.forget(uid);
      }
      for (const pod of known?.takeRest(namespace) ?? []) gap.gone(pod);
      await onRelist(list, gone.length);
      const to = clock.now();
      const from = list.gapSince ?? known?.lastAt ?? to;
      for (const note of gap.take({ collector, resource: 'pods', from, to })) await recorder.record(note);
    },
    changed: (type, object) => handle(object, { deleted: type === 'DELETED', listed: false }),
  };
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
