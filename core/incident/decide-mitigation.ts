import type { WorkloadHistory } from '../history/workload-history.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import type { Image, Mitigation, Rollout } from './incident.ts';
import type { SignGroup } from './group-signs.ts';

interface Change {
  readonly at: Instant;
  readonly mitigation: Mitigation;
}

/** The last change before recovery. It preceded the recovery; that it brought it about is for people to confirm. */
export function decideMitigation(workload: WorkloadHistory, group: SignGroup, rollouts: readonly Rollout[]): Mitigation {
  const { recoveredAt } = group;
  if (recoveredAt === undefined) return { kind: 'none', evidence: [] };
  const changes = [...rolloutChanges(rollouts), ...scaleChanges(workload), ...dependencyChanges(group)];
  const last = changes
    .filter((change) => change.at > group.onsetAt && change.at <= recoveredAt)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  return last?.mitigation ?? { kind: 'none', evidence: [] };
}

function rolloutChanges(rollouts: readonly Rollout[]): readonly Change[] {
  return rollouts.flatMap((rollout, index) => {
    const previous = rollouts[index - 1];
    if (previous === undefined) return [];
    const images = changedImage(previous, rollout);
    return [
      {
        at: Date.parse(rollout.at),
        mitigation: {
          kind: rollout.kind === 'rollback' ? 'rollback' : 'rollout',
          at: rollout.at,
          evidence: [rollout.evidence],
          ...images,
        } satisfies Mitigation,
      },
    ];
  });
}

/** The first container whose image changed; with one container that is the one. */
function changedImage(previous: Rollout, next: Rollout): { fromImage?: Image; toImage?: Image } {
  const after = next.images.find((image) => {
    const before = previous.images.find((other) => other.container === image.container);
    return before !== undefined && (before.ref !== image.ref || before.digest !== image.digest);
  });
  const before = previous.images.find((other) => other.container === after?.container);
  return after === undefined || before === undefined ? {} : { fromImage: withoutContainer(before), toImage: withoutContainer(after) };
}

function withoutContainer({ ref, tag, digest }: Image): Image {
  return { ref, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function scaleChanges(workload: WorkloadHistory): readonly Change[] {
  const states = workload.top?.states ?? [];
  return states.flatMap((state, index) => {
    const before = states[index - 1]?.record.replicas?.wanted;
    const wanted = state.record.replicas?.wanted;
    if (before === undefined || wanted === undefined || before === wanted) return [];
    return [{ at: state.at, mitigation: { kind: 'scale', at: formatInstant(state.at), evidence: [state.evidence] } satisfies Mitigation }];
  });
}

/** Failures that end by themselves in the same pod once something they wait for exists. */
const waitsForSomething = new Set(['CreateContainerConfigError', 'Pending', 'FailedMount', 'ImagePullBackOff', 'FailedCreate']);

function dependencyChanges(group: SignGroup): readonly Change[] {
  return group.signs.flatMap((sign) => {
    const ended = sign.until;
    // A sign whose stretch ended because its pod was deleted says nothing of what it waited for.
    if (ended === undefined || !waitsForSomething.has(sign.symptom) || sign.overBy !== 'progress') return [];
    return [
      {
        at: ended,
        mitigation: { kind: 'dependency-appeared', at: formatInstant(ended), evidence: [sign.evidence[0].id] } satisfies Mitigation,
      },
    ];
  });
}
