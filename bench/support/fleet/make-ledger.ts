import { deathEvidence } from '#core/evidence/evidence-id.ts';
import type { PodRun } from '#core/ledger/pod-run.ts';
import type { Failure, RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import type { Wait } from '#core/ledger/wait.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import { formatInstant } from '#core/time/instant.ts';
import { hashText } from '#core/wire/observation-id.ts';
import type { FleetWorkload } from './make-fleet.ts';
import { imageOf } from './image-of.ts';
import type { Release } from './story.ts';

const replicas = 3;
const causes = { OOMKilled: 'oom-container-limit', CrashLoopBackOff: 'unknown-app-exit', ImagePullBackOff: 'not-found' } as const;

/** The rows that the records of a workload would have given. */
export function makeLedger(workload: FleetWorkload): WorkloadLedger {
  const { story, start } = workload;
  const terminations = story.releases.map((release, index) =>
    release.deaths.map((at, death) => terminationOf(workload, release, { at, index, death })),
  );
  const waits = story.releases.flatMap((release, index) =>
    release.symptom === 'ImagePullBackOff' ? [waitOf(workload, release, index)] : [],
  );
  return {
    from: start,
    terminations: terminations.flat(),
    waits,
    rollouts: story.releases.map((release, index) =>
      rolloutOf(workload, release, { index, failureEvidence: terminations[index]?.[0]?.evidence ?? waits[0]?.evidence ?? '' }),
    ),
    podRuns: story.releases.flatMap((release, index) =>
      release.symptom === 'ImagePullBackOff'
        ? []
        : Array.from({ length: replicas }, (_, replica) => podRunOf(workload, release, { index, replica })),
    ),
  };
}

function placeOf({ key }: FleetWorkload) {
  return { cluster: key.cluster, namespace: key.namespace, workload: { kind: key.kind, name: key.name }, container: 'app' };
}

/** 64 hex digits that no other thing of the fleet has. */
function idOf({ key }: FleetWorkload, ...parts: readonly (string | number)[]): string {
  return hashText([key.cluster, key.namespace, key.name, ...parts].join('/'));
}

function podOf(workload: FleetWorkload, index: number, replica: number) {
  const revisionHash = idOf(workload, 'rs', index).slice(0, 8);
  return {
    pod: `${workload.key.name}-${revisionHash}-${idOf(workload, 'pod', index, replica).slice(0, 5)}`,
    podUid: idOf(workload, 'uid', index, replica).slice(0, 32),
    revisionHash,
    node: nodeOf(index, replica),
  };
}

function terminationOf(
  workload: FleetWorkload,
  release: Release,
  { at, index, death }: { readonly at: number; readonly index: number; readonly death: number },
): Termination {
  const containerID = `containerd://${idOf(workload, 'c', index, death)}`;
  const isOom = release.symptom === 'OOMKilled';
  const livedSeconds = livedBefore(release, death);
  return {
    containerID,
    ...placeOf(workload),
    ...podOf(workload, index, death % replicas),
    containerRole: 'app',
    image: imageOf(workload.app, release),
    revision: String(index + 1),
    exitCode: isOom ? 137 : 1,
    reason: isOom ? 'OOMKilled' : 'Error',
    expected: false,
    symptom: release.symptom ?? 'Error',
    cause: causes[release.symptom ?? 'CrashLoopBackOff'],
    memoryLimit: `${release.limitMi}Mi`,
    startedAt: formatInstant(at - livedSeconds * 1000),
    finishedAt: formatInstant(at),
    livedSeconds,
    incident: incidentOf(workload, index),
    evidence: deathEvidence(containerID),
    seenAt: formatInstant(at + 1000),
    ...(isOom ? { signal: 'SIGKILL', memoryDeath: 'container-limit' as const } : {}),
  };
}

/** Since its replica died before, or since the release; a new start takes a moment. */
function livedBefore({ at, deaths }: Release, death: number): number {
  return Math.max(1, ((deaths[death] ?? at) - (deaths[death - replicas] ?? at)) / 1000 - 5);
}

function waitOf(workload: FleetWorkload, release: Release, index: number): Wait {
  const { pod, node } = podOf(workload, index, 0);
  return {
    kind: 'image-pull',
    ...placeOf(workload),
    pod,
    node,
    image: imageOf(workload.app, release),
    symptom: 'ImagePullBackOff',
    cause: 'not-found',
    from: formatInstant(release.at + 1000),
    until: formatInstant(workload.story.releases[index + 1]?.at ?? workload.end),
    incident: incidentOf(workload, index),
    evidence: `EV-${idOf(workload, 'wait', index).slice(0, 16)}`,
    seenAt: formatInstant(release.at + 2000),
  };
}

function rolloutOf(
  workload: FleetWorkload,
  release: Release,
  { index, failureEvidence }: { readonly index: number; readonly failureEvidence: string },
): RolloutRecord {
  const before = workload.story.releases[index - 1];
  return {
    ...placeOf(workload),
    containerRole: 'app',
    at: formatInstant(release.at),
    kind: release.kind,
    mechanism: { kind: index === 0 ? 'first-seen' : release.kind === 'rollback' ? 'same-template' : 'new-template' },
    revision: String(index + 1),
    revisionHash: idOf(workload, 'rs', index).slice(0, 8),
    to: imageOf(workload.app, release),
    memoryLimit: `${release.limitMi}Mi`,
    started: release.symptom !== 'ImagePullBackOff',
    failures: failuresOf(release, { incident: incidentOf(workload, index), evidence: failureEvidence }),
    evidence: `EV-${idOf(workload, 'rollout', index).slice(0, 16)}`,
    seenAt: formatInstant(release.at),
    ...(before === undefined ? {} : { from: imageOf(workload.app, before), memoryLimitFrom: `${before.limitMi}Mi` }),
    ...(release.kind === 'rollback' ? { of: '1' } : {}),
  };
}

function podRunOf(
  workload: FleetWorkload,
  release: Release,
  { index, replica }: { readonly index: number; readonly replica: number },
): PodRun {
  const until = workload.story.releases[index + 1]?.at;
  return {
    ...placeOf(workload),
    ...podOf(workload, index, replica),
    containerRole: 'app',
    image: imageOf(workload.app, release),
    from: formatInstant(release.at),
    seenAt: formatInstant(until ?? workload.end),
    ...(until === undefined ? {} : { until: formatInstant(until) }),
  };
}

function nodeOf(release: number, replica: number): string {
  return `node-${(release * 7 + replica * 3) % 20}`;
}

export function incidentOf(workload: FleetWorkload, release: number): `INC-${string}` {
  return `INC-${idOf(workload, 'incident', release).slice(0, 16)}`;
}

function failuresOf(
  { symptom, deaths, at }: Release,
  { incident, evidence }: { readonly incident: string; readonly evidence: string },
): readonly Failure[] {
  if (symptom === undefined) return [];
  const firstAt = deaths[0] ?? at + 1000;
  return [
    {
      symptom,
      cause: causes[symptom],
      container: 'app',
      deaths: deaths.length,
      firstAt: formatInstant(firstAt),
      lastAt: formatInstant(deaths.at(-1) ?? firstAt),
      incident,
      evidence,
    },
  ];
}
