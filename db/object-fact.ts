import type { Observation } from '#core/wire/observation.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { nameKey } from './subject.ts';

/** Data time of an end that has not come: later than any date JavaScript can write. */
export const notGone = 8_640_000_000_000_001;

/** What one record teaches about one uid. */
export interface ObjectFact {
  readonly uid: string;
  readonly nameKey: string;
  readonly namespace: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  readonly depth: number;
  readonly goneAt: number;
}

/** The object itself and the owners it names, each with the workload it belongs to. */
export function objectFactsOf(observation: Observation): readonly ObjectFact[] {
  switch (observation.kind) {
    case 'pod':
      return factsOf({ kind: 'Pod', ...pick(observation) }, observation.workload, endOf(observation));
    case 'log':
      return factsOf(
        { kind: 'Pod', namespace: observation.namespace, name: observation.pod, uid: observation.podUid },
        observation.workload,
        notGone,
      );
    case 'workload':
      return factsOf({ kind: observation.objectKind, ...pick(observation) }, observation.workload, endOf(observation));
    default:
      return [];
  }
}

/**
 * Two facts about one uid made one. Commutative, associative and idempotent, as merging observations is: who resolved more
 * owners is believed, and the earliest sight of the end stays.
 */
export function mergeFacts(a: ObjectFact, b: ObjectFact): ObjectFact {
  return { ...(rank(a) <= rank(b) ? a : b), goneAt: Math.min(a.goneAt, b.goneAt) };
}

interface NamedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

function factsOf(object: NamedObject, workload: WorkloadRef, goneAt: number): readonly ObjectFact[] {
  const { namespace } = object;
  const shared = { namespace, workloadKind: workload.kind, workloadName: workload.name };
  const itself = { uid: object.uid, nameKey: nameKey(object.kind, namespace, object.name), depth: workload.chain.length, goneAt };
  const owners = workload.chain.flatMap((owner, index) =>
    owner.uid === undefined
      ? []
      : [
          {
            uid: owner.uid,
            nameKey: nameKey(owner.kind, namespace, owner.name),
            depth: workload.chain.length - 1 - index,
            goneAt: notGone,
          },
        ],
  );
  return [itself, ...owners].map((fact) => ({ ...fact, ...shared }));
}

function pick(object: { readonly namespace: string; readonly name: string; readonly uid: string }): Omit<NamedObject, 'kind'> {
  return { namespace: object.namespace, name: object.name, uid: object.uid };
}

function endOf(object: { readonly deleted?: boolean | undefined; readonly observedAt: string }): number {
  return object.deleted === true ? Date.parse(object.observedAt) : notGone;
}

/** Sorts the fact to be believed first. */
function rank(fact: ObjectFact): string {
  return `${9 - Math.min(fact.depth, 9)} ${fact.workloadKind}/${fact.workloadName} ${fact.nameKey}`;
}
