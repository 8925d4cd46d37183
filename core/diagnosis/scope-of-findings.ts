import type { WorkloadHistory } from '../history/workload-history.ts';
import type { ScopeFact } from '../incident/incident.ts';
import { newRevisionOnly } from '../incident/new-revision-only.ts';
import { oneNode } from '../incident/one-node.ts';
import { placedPod } from '../incident/scope-of.ts';
import type { FoundSign } from '../rules/rule.ts';
import { sharedDependencies } from './shared-dependency.ts';

/** A workload that fails now, and by what. */
export interface FailingWorkload {
  readonly workload: WorkloadHistory;
  readonly signs: readonly FoundSign[];
}

/**
 * What stands out when all failures of one look are seen together. Only the pods of workloads that fail are compared, so that
 * nothing unrelated can change what is said.
 */
export function scopeOfFindings(failing: readonly FailingWorkload[]): (found: FailingWorkload, sign: FoundSign) => readonly ScopeFact[] {
  const node = oneNode(failing.flatMap(({ workload, signs }) => workload.pods.flatMap((pod) => placedPod(pod, fails(signs, pod.uid)))));
  const revisions = new Map(failing.map((item) => [item, revisionFact(item)]));
  const dependencies = sharedDependencies(failing.map(({ workload, signs }) => ({ name: nameOf(workload), signs })));
  return (found, sign) =>
    [revisions.get(found), dependencies.get(sign), sign.podUid === undefined ? undefined : node].filter((fact) => fact !== undefined);
}

function revisionFact({ workload, signs }: FailingWorkload): ScopeFact | undefined {
  return newRevisionOnly(workload.pods, new Set(signs.flatMap((sign) => sign.podUid ?? [])), workload.now);
}

function fails(signs: readonly FoundSign[], uid: string): boolean {
  return signs.some((sign) => sign.podUid === uid);
}

function nameOf({ key }: WorkloadHistory): string {
  return `${key.namespace}/${key.kind}/${key.name}`;
}
