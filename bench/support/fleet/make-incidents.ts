import type { Incident, Mitigation } from '#core/incident/incident.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import { formatInstant } from '#core/time/instant.ts';
import { imageOf } from './image-of.ts';
import { incidentOf } from './make-ledger.ts';
import type { FleetWorkload } from './make-fleet.ts';
import type { Release } from './story.ts';

const signs = {
  OOMKilled: { reason: 'OOMKilled', phase: 'running', failurePoint: 'resource-pressure', rule: 'oom-killed' },
  ImagePullBackOff: { reason: 'ErrImagePull', phase: 'image-pull', failurePoint: 'before-start', rule: 'image-pull' },
  CrashLoopBackOff: { reason: 'Error', phase: 'running', failurePoint: 'running', rule: 'crash-loop' },
} as const;

/** One incident for each release that failed; over when the next one came. */
export function makeIncidents(workload: FleetWorkload, { rollouts }: WorkloadLedger): readonly Incident[] {
  const { key, story } = workload;
  return rollouts.flatMap(({ failures: [failure], memoryLimit }, index): readonly Incident[] => {
    const release = story.releases[index];
    const next = story.releases[index + 1];
    if (failure === undefined || release === undefined) return [];
    const { cause, deaths, firstAt, lastAt, evidence } = failure;
    const symptom = release.symptom ?? 'CrashLoopBackOff';
    const image = imageOf(workload.app, release);
    return [
      {
        id: incidentOf(workload, index),
        aliases: [],
        cluster: key.cluster,
        namespace: key.namespace,
        workload: { kind: key.kind, name: key.name },
        status: next === undefined ? 'open' : 'recovered',
        settled: next !== undefined,
        onsetAt: firstAt,
        ...(next === undefined ? {} : { recoveredAt: formatInstant(next.at) }),
        mitigation: mitigationBy(workload, release, next),
        chapters: [
          {
            symptom,
            ...signs[symptom],
            cause,
            basis: 'observed',
            summary: `Container app failed ${deaths} times with ${symptom} at a limit of ${memoryLimit ?? 'none'}.`,
            container: 'app',
            containerRole: 'app',
            image,
            pods: [`${key.name}-${index}`],
            firstAt,
            lastAt,
            terminations: deaths,
            evidence: isEvidenceId(evidence) ? [evidence] : [],
          },
        ],
        coverage: { terminationsSeen: deaths, terminationsKnown: deaths, gaps: [] },
      },
    ];
  });
}

function mitigationBy({ app }: FleetWorkload, release: Release, next: Release | undefined): Mitigation {
  if (next === undefined) return { kind: 'none', evidence: [] };
  return {
    kind: next.kind === 'rollback' ? 'rollback' : 'rollout',
    fromImage: imageOf(app, release),
    toImage: imageOf(app, next),
    at: formatInstant(next.at),
    evidence: [],
  };
}

function isEvidenceId(text: string): text is `EV-${string}` {
  return text.startsWith('EV-');
}
