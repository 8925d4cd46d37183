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
export function makeLedger({ key, app, story, start, end }: FleetWorkload): WorkloadLedger {
  const place = { cluster: key.cluster, namespace: key.namespace, workload: { kind: key.kind, name: key.name } };
  const idOf = (...parts: readonly (string | number)[]) => hashText([key.cluster, key.namespace, key.name, ...parts].join('/'));
  const { releases } = story;
  const podOf = (release: number, replica: number) =>
    `${key.name}-${idOf('rs', release).slice(0, 8)}-${idOf('pod', release, replica).slice(0, 5)}`;

  const terminations = releases.flatMap((release, index) =>
    release.deaths.map((at, death): Termination => {
      const containerID = `containerd://${idOf('c', index, death)}`;
      const isOom = release.symptom === 'OOMKilled';
      return {
        containerID,
        ...place,
        pod: podOf(index, death % replicas),
        podUid: idOf('uid', index, death % replicas).slice(0, 32),
        container: 'app',
        containerRole: 'app',
        image: imageOf(app, release),
        revision: String(index + 1),
        revisionHash: idOf('rs', index).slice(0, 8),
        node: nodeOf(index, death % replicas),
        exitCode: isOom ? 137 : 1,
        reason: isOom ? 'OOMKilled' : 'Error',
        expected: false,
        symptom: release.symptom ?? 'Error',
        cause: causes[release.symptom ?? 'CrashLoopBackOff'],
        memoryLimit: `${release.limitMi}Mi`,
        startedAt: formatInstant(at - 7000),
        finishedAt: formatInstant(at),
        livedSeconds: 7,
        incident: incidentOf(idOf, index),
        evidence: deathEvidence(containerID),
        seenAt: formatInstant(at + 1000),
        ...(isOom ? { signal: 'SIGKILL', memoryDeath: 'container-limit' as const } : {}),
      };
    }),
  );
  const waits = releases.flatMap((release, index): Wait[] =>
    release.symptom !== 'ImagePullBackOff'
      ? []
      : [
          {
            kind: 'image-pull',
            ...place,
            pod: podOf(index, 0),
            container: 'app',
            image: imageOf(app, release),
            node: nodeOf(index, 0),
            symptom: 'ImagePullBackOff',
            cause: 'not-found',
            from: formatInstant(release.at + 1000),
            until: formatInstant(releases[index + 1]?.at ?? end),
            incident: incidentOf(idOf, index),
            evidence: `EV-${idOf('wait', index).slice(0, 16)}`,
            seenAt: formatInstant(release.at + 2000),
          },
        ],
  );
  const rollouts = releases.map((release, index): RolloutRecord => {
    const before = releases[index - 1];
    return {
      ...place,
      container: 'app',
      containerRole: 'app',
      at: formatInstant(release.at),
      kind: release.kind,
      mechanism: { kind: index === 0 ? 'first-seen' : release.kind === 'rollback' ? 'same-template' : 'new-template' },
      revision: String(index + 1),
      revisionHash: idOf('rs', index).slice(0, 8),
      to: imageOf(app, release),
      memoryLimit: `${release.limitMi}Mi`,
      started: release.symptom !== 'ImagePullBackOff',
      failures: failuresOf(release, terminations, { incident: incidentOf(idOf, index), wait: waits[0]?.evidence ?? '' }),
      evidence: `EV-${idOf('rollout', index).slice(0, 16)}`,
      seenAt: formatInstant(release.at),
      ...(before === undefined ? {} : { from: imageOf(app, before), memoryLimitFrom: `${before.limitMi}Mi` }),
      ...(release.kind === 'rollback' ? { of: '1' } : {}),
    };
  });
  const podRuns = releases.flatMap((release, index): PodRun[] =>
    release.symptom === 'ImagePullBackOff'
      ? []
      : Array.from({ length: replicas }, (_, replica): PodRun => {
          const until = releases[index + 1]?.at;
          return {
            ...place,
            pod: podOf(index, replica),
            podUid: idOf('uid', index, replica).slice(0, 32),
            container: 'app',
            containerRole: 'app',
            image: imageOf(app, release),
            revisionHash: idOf('rs', index).slice(0, 8),
            node: nodeOf(index, replica),
            from: formatInstant(release.at),
            seenAt: formatInstant(until ?? end),
            ...(until === undefined ? {} : { until: formatInstant(until) }),
          };
        }),
  );
  return { from: start, terminations, waits, rollouts, podRuns };
}

function nodeOf(release: number, replica: number): string {
  return `node-${(release * 7 + replica * 3) % 20}`;
}

function incidentOf(idOf: (...parts: readonly (string | number)[]) => string, release: number): string {
  return `INC-${idOf('incident', release).slice(0, 16)}`;
}

function failuresOf(
  { symptom, deaths, at }: Release,
  terminations: readonly Termination[],
  { incident, wait }: { readonly incident: string; readonly wait: string },
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
      evidence: deaths.length === 0 ? wait : (terminations.find(({ finishedAt }) => Date.parse(finishedAt) === firstAt)?.evidence ?? ''),
    },
  ];
}
