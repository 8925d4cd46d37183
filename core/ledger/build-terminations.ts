import { explainExitCode } from '../causes/exit-code.ts';
import type { ContainerHistory, Death } from '../history/container-history.ts';
import { isExpectedEnd } from '../history/expected-end.ts';
import { decidingContainers, imageOf, livedFor, memoryRequestOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { RecordedRollout } from '../rollouts/build-rollouts.ts';
import { limitInForce } from '../rules/memory-evidence.ts';
import { formatInstant, second } from '../time/instant.ts';
import { memoryDeathOf, type MemoryDeath } from './memory-death.ts';
import { rolloutOfPod } from './rollout-of-pod.ts';
import type { Termination } from './termination.ts';
import type { ToldSign, ToldSigns } from './told-signs.ts';

interface TerminationInput {
  readonly workload: WorkloadHistory;
  readonly rollouts: readonly RecordedRollout[];
  readonly told: ToldSigns;
}

/** Every death of a container instance that has an id, stops and completions included, in order of time. */
export function buildTerminations({ workload, rollouts, told }: TerminationInput): readonly Termination[] {
  const peaks = peakBytes(workload);
  const evictions = new Map(
    told.primary.filter(({ sign }) => sign.symptom === 'Evicted').map((eviction) => [eviction.sign.podUid, eviction]),
  );
  return workload.pods
    .flatMap((pod) => {
      const revision = rolloutOfPod(rollouts, pod)?.rollout.revision;
      const evicted = evictions.get(pod.uid);
      return decidingContainers(pod).flatMap((container) =>
        container.deaths.flatMap((death) => {
          if (death.containerID === undefined) return [];
          const signs = told.ofDeath.get(death.key) ?? [];
          const reason = whyOf({ pod, container, death }, signs[0] ?? (isPartOf(evicted, death) ? evicted : undefined), signs);
          const peak = peaks.get(death.containerID);
          return [
            {
              ...place(workload, pod),
              containerID: death.containerID,
              ...facts(pod, container, death),
              ...reason,
              ...(revision === undefined ? {} : { revision }),
              ...(peak === undefined ? {} : { peakBytes: peak }),
            },
          ];
        }),
      );
    })
    .toSorted((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt) || (a.evidence < b.evidence ? -1 : 1));
}

type Where = { readonly pod: PodHistory; readonly container: ContainerHistory; readonly death: Death };

/** What an eviction stops dies of the eviction, whichever container it names. */
function isPartOf(evicted: ToldSign | undefined, death: Death): boolean {
  return evicted !== undefined && death.end.finishedAt >= evicted.sign.from - second;
}

function place({ key }: WorkloadHistory, pod: PodHistory) {
  return {
    cluster: key.cluster,
    namespace: key.namespace,
    workload: { kind: key.kind, name: key.name },
    pod: pod.name,
    podUid: pod.uid,
    ...(pod.latest.revisionHash === undefined ? {} : { revisionHash: pod.latest.revisionHash }),
    ...(pod.latest.node === undefined ? {} : { node: pod.latest.node }),
  };
}

function facts(pod: PodHistory, container: ContainerHistory, death: Death) {
  const { terminated, finishedAt } = death.end;
  const { signal } = explainExitCode(terminated.exitCode, {
    ...(pod.latest.nodeOs === undefined ? {} : { os: pod.latest.nodeOs }),
    ...(terminated.reason === undefined ? {} : { reason: terminated.reason }),
  });
  const lived = livedFor(death);
  const limit = limitInForce(pod, death);
  const request = memoryRequestOf(death);
  return {
    container: container.name,
    containerRole: container.role,
    image: imageOf(death.status),
    exitCode: terminated.exitCode,
    reason: terminated.reason ?? (terminated.exitCode === 0 ? 'Completed' : 'Error'),
    finishedAt: formatInstant(finishedAt),
    seenAt: formatInstant(death.end.seenAt),
    evidence: death.end.evidence,
    ...(signal === undefined ? {} : { signal }),
    ...(death.startedAt === undefined ? {} : { startedAt: formatInstant(death.startedAt) }),
    ...(lived === undefined ? {} : { livedSeconds: Math.floor(lived / second) }),
    ...(limit === undefined ? {} : { memoryLimit: limit }),
    ...(request === undefined ? {} : { memoryRequest: request }),
  };
}

/** Why it died, by the sign a person would be told, and whether memory had to do with it, by any sign of it. */
function whyOf({ pod, container, death }: Where, primary: ToldSign | undefined, signs: readonly ToldSign[]) {
  if (primary === undefined) return { expected: isExpectedEnd(pod, container, death) };
  const memory = [primary, ...signs].map(({ sign }) => memoryDeathOf(sign.cause)).find((kind): kind is MemoryDeath => kind !== undefined);
  return {
    expected: false,
    symptom: primary.sign.symptom,
    cause: primary.sign.cause,
    incident: primary.incident,
    ...(memory === undefined ? {} : { memoryDeath: memory }),
  };
}

function peakBytes({ usage }: WorkloadHistory): ReadonlyMap<string, number> {
  const peaks = new Map<string, number>();
  for (const { containerID, samples } of usage) {
    for (const { bytes } of samples) peaks.set(containerID, Math.max(bytes, peaks.get(containerID) ?? 0));
  }
  return peaks;
}
