import type { Logger } from '#core/ports.ts';
import { redactDraft } from '#core/redact/redact-draft.ts';
import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import { trimEvent } from '../../collector/trim/trim-event.ts';
import { trimNode } from '../../collector/trim/trim-node.ts';
import { trimPod } from '../../collector/trim/trim-pod.ts';
import { trimWorkload } from '../../collector/trim/trim-workload.ts';
import { createOwnerIndex } from '../../collector/workload/owner-index.ts';
import { createWorkloadResolver, type WorkloadResolver } from '../../collector/workload/resolve-workload.ts';
import { completeObject } from './complete-object.ts';
import { newestTime } from './newest-time.ts';
import type { RawObject } from './read-objects.ts';

export interface ReadCluster {
  readonly observations: readonly Observation[];
  /** Kinds that were in the input and say nothing about failing pods, with their number. */
  readonly ignored: ReadonlyMap<string, number>;
}

const workloadKinds = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
const silent: Logger = { info() {}, warn() {}, error() {} };

/**
 * What kubectl printed, as if a collector had looked once: each object is observed at the newest time it shows itself.
 *
 * @param now stands in for objects without any time
 */
export async function toObservations(objects: readonly RawObject[], cluster: string, now: Date): Promise<ReadCluster> {
  const ignored = new Map<string, number>();
  const complete = objects.flatMap((raw) => {
    const kind = typeof raw['kind'] === 'string' ? raw['kind'] : 'object without kind';
    if (kind === 'Pod' || kind === 'Event' || kind === 'Node' || workloadKinds.has(kind)) return [{ kind, raw: completeObject(raw, kind) }];
    ignored.set(kind, (ignored.get(kind) ?? 0) + 1);
    return [];
  });
  const resolver = createWorkloadResolver({
    index: createOwnerIndex({ now: () => now, sleep: async () => {} }),
    getOwner: async () => ({ kind: 'refused' }),
    logger: silent,
  });
  for (const { kind, raw } of complete) if (workloadKinds.has(kind)) resolver.learn(raw, kind);
  const observations: Observation[] = [];
  for (const { kind, raw } of complete) {
    const draft = await trim(kind, raw, resolver);
    if (draft !== undefined) observations.push(seal(redactDraft(draft).draft, cluster, newestTime(raw) ?? now.getTime()));
  }
  return { observations, ignored };
}

async function trim(kind: string, raw: RawObject, resolver: WorkloadResolver): Promise<Draft | undefined> {
  if (kind === 'Pod') return trimPod(raw, await resolver.workloadOf(raw, 'Pod'));
  if (kind === 'Event') return trimEvent(raw);
  if (kind === 'Node') return trimNode(raw);
  return trimWorkload(raw, kind, await resolver.workloadOf(raw, kind));
}

/** A draft gets what only the observer knows. The union of drafts and envelope is the union of observations. */
export function seal(draft: Draft, cluster: string, at: number): Observation {
  return { ...draft, id: observationId(draft), observedAt: new Date(at).toISOString(), cluster };
}
