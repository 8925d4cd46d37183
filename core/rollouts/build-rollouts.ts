import { imageOf } from '../history/pod-facts.ts';
import type { OwnerHistory, OwnerState } from '../history/owner-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { toImage } from '../incident/image.ts';
import type { Image, Rollout } from '../incident/incident.ts';
import { formatInstant, instantOf, minute, type Instant } from '../time/instant.ts';
import type { WorkloadObservation } from '../wire/workload.ts';
import { decideRolloutKind, type RevisionImages } from './decide-rollout-kind.ts';

interface Revision extends RevisionImages {
  readonly at: Instant;
  readonly evidence: OwnerState['evidence'];
  readonly record: WorkloadObservation;
}

/** A rollout with the controller's record that shows it. */
export interface RecordedRollout {
  readonly at: Instant;
  readonly rollout: Rollout;
  readonly record: WorkloadObservation;
}

/** Every revision of the workload's template that was rolled out, in time order, with what kind of change it was. */
export function buildRollouts(workload: WorkloadHistory): readonly RecordedRollout[] {
  const revisions = (workload.key.kind === 'Deployment' ? fromReplicaSets(workload) : fromTop(workload)).toSorted(
    (a, b) => a.at - b.at || (a.evidence < b.evidence ? -1 : 1),
  );
  return revisions.map((revision, index) => {
    const { kind, of } = decideRolloutKind(revision, revisions.slice(0, index));
    const rollout: Rollout = {
      at: formatInstant(revision.at),
      kind,
      images: revision.images,
      evidence: revision.evidence,
      ...(revision.revision === undefined ? {} : { revision: revision.revision }),
      ...(revision.revisionHash === undefined ? {} : { revisionHash: revision.revisionHash }),
      ...(of === undefined ? {} : { of }),
    };
    return { at: revision.at, rollout, record: revision.record };
  });
}

/** A Deployment rolls out by giving a ReplicaSet the next revision number: a new one, or an old one again. */
function fromReplicaSets(workload: WorkloadHistory): readonly Revision[] {
  return workload.owners
    .filter((owner) => owner.kind === 'ReplicaSet')
    .flatMap((owner) =>
      firstStateOfEach(owner, (record) => record.revision).map((state, index) =>
        toRevision(workload, state, index === 0 ? createdAt(state) : state.at),
      ),
    );
}

/** Other controllers show a rollout as a change of their template. */
function fromTop(workload: WorkloadHistory): readonly Revision[] {
  const { top } = workload;
  if (top === undefined) return [];
  const changes = changesOf(top, (record) =>
    JSON.stringify([record.revisionHash ?? '', record.containers.map((container) => container.image)]),
  );
  const numbered = changes.filter((state, index) => !isUnnumbered(state, changes[index + 1]));
  return numbered.map((state, index) => toRevision(workload, state, index === 0 ? createdAt(state) : state.at));
}

/** The controller gives a new template its hash a moment later: both states show one revision. */
function isUnnumbered({ record }: OwnerState, next: OwnerState | undefined): boolean {
  const images = (state: WorkloadObservation) => JSON.stringify(state.containers.map((container) => container.image));
  return record.revisionHash === undefined && next?.record.revisionHash !== undefined && images(record) === images(next.record);
}

function firstStateOfEach(owner: OwnerHistory, keyOf: (record: WorkloadObservation) => string | undefined): readonly OwnerState[] {
  const seen = new Set<string | undefined>();
  return owner.states.filter((state) => {
    const key = keyOf(state.record);
    if (key === undefined || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function changesOf(owner: OwnerHistory, keyOf: (record: WorkloadObservation) => string): readonly OwnerState[] {
  return owner.states.filter((state, index) => {
    const previous = owner.states[index - 1];
    return previous === undefined || keyOf(previous.record) !== keyOf(state.record);
  });
}

/** The first revision seen of an object is as old as the object, unless it was watched long before. */
function createdAt(state: OwnerState): Instant {
  const created = instantOf(state.record.createdAt) ?? state.at;
  return state.at - created < minute ? state.at : created;
}

function toRevision(workload: WorkloadHistory, state: OwnerState, at: Instant): Revision {
  const { record } = state;
  return {
    at,
    record,
    evidence: state.evidence,
    images: record.containers.map((container) => ({
      container: container.name,
      ...ranAs(workload, record, container.name, container.image),
    })),
    ...(record.revision === undefined ? {} : { revision: record.revision }),
    ...(record.revisionHash === undefined ? {} : { revisionHash: record.revisionHash }),
  };
}

/** The digest is what a pod of this revision really ran; the template only has a name for it. */
function ranAs(workload: WorkloadHistory, record: WorkloadObservation, name: string, ref: string): Image {
  for (const pod of workload.pods) {
    if (record.revisionHash !== undefined && pod.latest.revisionHash !== record.revisionHash) continue;
    const status = pod.containers.find((container) => container.name === name)?.status;
    if (status === undefined || status.image !== ref) continue;
    const image = imageOf(status);
    if (image.digest !== undefined) return image;
  }
  return toImage(ref);
}
