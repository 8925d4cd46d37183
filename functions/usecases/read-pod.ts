import { MortemError } from '#core/errors.ts';
import { toWorkloadHistory, type WorkloadHistory } from '#core/history/workload-history.ts';
import type { PodHistory } from '#core/history/pod-history.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

export interface PodRecords {
  readonly pod: PodHistory;
  /** Only what is known of this pod. */
  readonly history: WorkloadHistory;
  /** Newest first. */
  readonly incidents: readonly Incident[];
}

/**
 * One pod by its uid, with its own records alone: those of five hundred others would be read for nothing.
 *
 * @throws {MortemError} `not-found`, also for a pod outside the scope
 */
export async function readPod(
  { store }: { readonly store: Pick<IncidentStore, 'observationsAbout' | 'watermark' | 'incidents'> },
  scope: ReadScope,
  { cluster, uid }: { readonly cluster: string; readonly uid: string },
): Promise<PodRecords> {
  const observations = isInScope(scope, { cluster }) ? await store.observationsAbout(cluster, uid) : [];
  const states = observations.filter((item) => item.kind === 'pod');
  const [state] = states;
  if (state === undefined)
    throw new MortemError('not-found', 'No pod with this uid is known here. Its records may be older than they are kept.');
  const { namespace, workload, name } = state;
  const key: WorkloadKey = { cluster, namespace, kind: workload.kind, name: workload.name };
  const history = toWorkloadHistory({ key, observations, now: await store.watermark(cluster) });
  const pod = history.pods.find((item) => item.uid === uid);
  if (pod === undefined) throw new RangeError('a state of the pod makes a history of the pod');
  return {
    pod,
    history,
    incidents: await store.incidents({ cluster, namespace, workload: { kind: workload.kind, name: workload.name }, pod: name }),
  };
}
