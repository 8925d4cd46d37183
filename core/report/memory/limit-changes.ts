import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { Rollout } from '../../incident/incident.ts';

/** Memory limit and request of one container, over consecutive revisions that have the same. */
export interface LimitStretch {
  readonly limit?: string;
  readonly request?: string;
  readonly first: Rollout;
  readonly last: Rollout;
  readonly revisions: number;
}

/** What each revision's template gave a container, oldest first; revisions whose template was not seen are left out. */
export function limitStretches(workload: WorkloadHistory, rollouts: readonly Rollout[], container: string): readonly LimitStretch[] {
  const owners = [...workload.owners, ...(workload.top === undefined ? [] : [workload.top])];
  const states = owners.flatMap((owner) => owner.states);
  const stretches: LimitStretch[] = [];
  for (const rollout of rollouts) {
    const record = states.find((state) => state.evidence === rollout.evidence)?.record;
    const resources = record?.containers.find(({ name }) => name === container)?.resources;
    if (record === undefined) continue;
    const [limit, request] = [resources?.limits?.['memory'], resources?.requests?.['memory']];
    const open = stretches.at(-1);
    if (open !== undefined && open.limit === limit && open.request === request) {
      stretches[stretches.length - 1] = { ...open, last: rollout, revisions: open.revisions + 1 };
    } else {
      stretches.push({
        first: rollout,
        last: rollout,
        revisions: 1,
        ...(limit === undefined ? {} : { limit }),
        ...(request === undefined ? {} : { request }),
      });
    }
  }
  return stretches;
}
