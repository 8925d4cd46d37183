import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import type { WorkloadHistory } from '../../../history/workload-history.ts';
import type { BuiltIncident } from '../../../incident/build-incidents.ts';
import type { Rollout } from '../../../incident/incident.ts';
import type { ContainerStatus } from '../../../wire/container.ts';
import type { WorkloadObservation } from '../../../wire/workload.ts';
import { join, words, type Inline } from '../../inline.ts';
import { describeTag } from '../../timeline/describe-image.ts';
import { told } from '../phrases.ts';

/** What a rollout changed, as far as templates and pods on record show it. */
export interface RevisionChange {
  readonly previous: Rollout;
  /** One phrase for each change; empty when nothing on record differs. */
  readonly changes: readonly (readonly Inline[])[];
  readonly imageChanged: boolean;
}

/** Undefined for the first revision on record. */
export function revisionChange({ rollouts, workload }: BuiltIncident, rollout: Rollout): RevisionChange | undefined {
  const previous = rollouts[rollouts.indexOf(rollout) - 1];
  if (previous === undefined) return undefined;
  const images = rollout.images.flatMap((image) => {
    const before = previous.images.find((other) => other.container === image.container);
    if (before === undefined || (before.ref === image.ref && before.digest === image.digest)) return [];
    return [[...describeTag(before), words(' → '), ...describeTag(image)]];
  });
  const changes = [...images, ...resourceChanges(workload, previous, rollout), ...specChanges(workload, previous, rollout)];
  return { previous, changes, imageChanged: images.length > 0 };
}

function resourceChanges(workload: WorkloadHistory, before: Rollout, after: Rollout): readonly (readonly Inline[])[] {
  const templateOf = (evidence: EvidenceId): WorkloadObservation | undefined =>
    [...workload.owners, ...(workload.top === undefined ? [] : [workload.top])]
      .flatMap((owner) => owner.states)
      .find((state) => state.evidence === evidence)?.record;
  const old = templateOf(before.evidence)?.containers ?? [];
  return (templateOf(after.evidence)?.containers ?? []).flatMap((container) => {
    const was = old.find((item) => item.name === container.name);
    if (was === undefined) return [];
    return (['limits', 'requests'] as const).flatMap((which) => {
      const from = was.resources?.[which]?.['memory'];
      const to = container.resources?.[which]?.['memory'];
      if (from === to) return [];
      return [
        [words(`memory ${which === 'limits' ? 'limit' : 'request'} `), told(from ?? 'none', 40), words(' → '), told(to ?? 'none', 40)],
      ];
    });
  });
}

/** Parts of a container's spec that only its pods show. Values stay where they are: a name is enough to look them up. */
const comparedFields: readonly (readonly [keyof ContainerStatus, string])[] = [
  ['command', 'command'],
  ['args', 'args'],
  ['envNames', 'names of env variables'],
  ['envSources', 'sources of env variables'],
  ['ports', 'ports'],
  ['startupProbe', 'startup probe'],
  ['livenessProbe', 'liveness probe'],
  ['readinessProbe', 'readiness probe'],
];

function specChanges(workload: WorkloadHistory, before: Rollout, after: Rollout): readonly (readonly Inline[])[] {
  const podOf = (rollout: Rollout) =>
    rollout.revisionHash === undefined ? undefined : workload.pods.find((pod) => pod.latest.revisionHash === rollout.revisionHash)?.latest;
  const old = podOf(before)?.containers ?? [];
  return (podOf(after)?.containers ?? []).flatMap((container) => {
    const was = old.find((item) => item.name === container.name);
    if (was === undefined) return [];
    const changed = comparedFields
      .filter(([field]) => JSON.stringify(was[field]) !== JSON.stringify(container[field]))
      .map(([, name]) => [words(name)]);
    return changed.length === 0 ? [] : [[...join(changed, ', '), words(' of '), told(container.name)]];
  });
}
