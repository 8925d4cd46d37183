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
import { completeObject, kindOf } from './complete-object.ts';
import type { RawObject } from './read-objects.ts';
import { timeSpanOf, widestSpan } from './time-span.ts';

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
 * @param now stands in for an input without any time
 */
export async function toObservations(objects: readonly RawObject[], cluster: string, now: Date): Promise<ReadCluster> {
  const ignored = new Map<string, number>();
  const { known, newest } = readKnown(objects, { ignored, now: now.getTime() });
  const resolver = createWorkloadResolver({
    index: createOwnerIndex({ now: () => now, sleep: async () => {} }),
    getOwner: async () => ({ kind: 'refused' }),
    logger: silent,
  });
  for (const { kind, raw } of known) if (workloadKinds.has(kind)) resolver.learn(raw, kind);
  const observations: Observation[] = [];
  for (const { kind, raw, at = newest } of known) {
    const draft = await trim(kind, raw, resolver);
    // What cannot be named cannot be spoken of, but it must not vanish.
    if (draft === undefined) countUp(ignored, `${kind} without a usable name`);
    else observations.push(seal(redactDraft(draft).draft, cluster, at));
  }
  return { observations, ignored };
}

interface KnownObject {
  readonly kind: string;
  readonly raw: RawObject;
  /** The newest time it shows, in epoch milliseconds. */
  readonly at: number | undefined;
}

/** Objects of kinds that matter. One without any time of its own is as old as the oldest of the input, and was seen with the newest. */
function readKnown(
  objects: readonly RawObject[],
  { ignored, now }: { readonly ignored: Map<string, number>; readonly now: number },
): { readonly known: readonly KnownObject[]; readonly newest: number } {
  const found = objects.flatMap((raw) => {
    const kind = kindOf(raw) ?? 'object without kind';
    if (kind === 'Pod' || kind === 'Event' || kind === 'Node' || workloadKinds.has(kind)) return [{ kind, raw, span: timeSpanOf(raw) }];
    countUp(ignored, kind);
    return [];
  });
  const { oldest, newest } = widestSpan(found.map((item) => item.span)) ?? { oldest: now, newest: now };
  const known = found.map(({ kind, raw, span }) => ({
    kind,
    raw: completeObject(raw, kind, new Date(span?.oldest ?? oldest).toISOString()),
    at: span?.newest,
  }));
  return { known, newest };
}

function countUp(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
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
