import { createRejectedCause } from '../causes/create-rejected-cause.ts';
import type { OwnerHistory } from '../history/owner-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest, latest, second, type Instant } from '../time/instant.ts';
import { isContent, refusalsOf, refusedUntil, type Refusal } from './refusals.ts';
import { defineRule, type Sign } from './rule.ts';

export const failedCreate = defineRule({
  scope: 'workload',
  id: 'failed-create',
  title: 'The controller may not create its pods',
  symptoms: ['FailedCreate'],
  explains: ['deadline-exceeded', 'job-failed'],
  inspectFirst: [
    'events of the ReplicaSet, Job, StatefulSet or DaemonSet',
    'quotas and limit ranges',
    'admission policies and webhooks',
    'ServiceAccount',
  ],
  commonCauses: [
    'quota used up',
    'pod security or a webhook refuses it',
    'webhook not reachable',
    'ServiceAccount missing',
    'invalid spec',
  ],
  productionRisk: 'no pod exists, so nothing in the pod list shows it',
  advice: [
    'Read the event of the owner: the API server says which plugin, quota or webhook refused.',
    'Compare the pod template with the policy or quota that is named.',
    'Fix the template or the quota; the controller tries again by itself.',
  ],
  match: (workload) => {
    const owners = [...(workload.top === undefined ? [] : [workload.top]), ...workload.owners];
    const told = owners.filter((owner) => refusalsOf(owner).length > 0);
    // A Deployment repeats what its ReplicaSet meets.
    const speaking = told.some((owner) => owner !== workload.top) ? told.filter((owner) => owner !== workload.top) : told;
    return speaking.flatMap((owner) => createSigns(workload, owner));
  },
});

/** Image and configuration errors, and this one, open at the second try or after this long. */
const patience = 10 * second;
function createSigns(workload: WorkloadHistory, owner: OwnerHistory): readonly Sign[] {
  // An event outlives what it reports by up to an hour; a single look shows the state of now.
  if (workload.snapshot && isContent(owner.latest)) return [];
  const refusals = refusalsOf(owner).toSorted((a, b) => a.from - b.from);
  const [first, ...rest] = refusals;
  const newest = refusals.toSorted((a, b) => a.lastAt - b.lastAt).at(-1);
  if (first === undefined || newest === undefined) return [];
  const telling = refusals.findLast((refusal) => createRejectedCause(refusal.text) !== undefined) ?? newest;
  const finding = createRejectedCause(telling.text);
  const until = refusedUntil(workload, owner, newest.lastAt);
  const opensAt = onset(refusals, { from: first.from, until }, workload);
  return [
    {
      symptom: 'FailedCreate',
      reason: 'FailedCreate',
      phase: 'creation',
      cause: finding?.cause ?? 'unexplained',
      basis: finding === undefined ? 'derived' : 'observed',
      summary: `${owner.kind} ${owner.name} could not create pods: ${telling.text}`,
      quote: finding?.matched ?? telling.text,
      wholePod: true,
      tries: refusals.reduce((sum, refusal) => sum + refusal.count, 0),
      deaths: [],
      from: first.from,
      lastAt: until ?? latest(...refusals.map((refusal) => refusal.lastAt)) ?? first.from,
      evidence: [first.evidence, ...rest.map((refusal) => refusal.evidence)],
      ...(until === undefined ? {} : { until, overBy: 'progress' as const }),
      ...(opensAt === undefined ? {} : { opensAt }),
    },
  ];
}

function onset(
  refusals: readonly Refusal[],
  { from, until }: { readonly from: Instant; readonly until: Instant | undefined },
  workload: WorkloadHistory,
): Instant | undefined {
  const again = earliest(
    ...refusals.map((refusal) => refusal.secondTry),
    refusals.filter((refusal) => refusal.count >= 1).map((refusal) => refusal.from)[1],
  );
  const lasted = (until ?? workload.now) - from >= patience ? from + patience : undefined;
  return earliest(again, lasted, workload.snapshot && until === undefined ? from : undefined);
}
