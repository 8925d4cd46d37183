import { livedFor } from '../../../history/pod-facts.ts';
import { describeDuration } from '../../../time/duration.ts';
import { second } from '../../../time/instant.ts';
import type { Probe } from '../../../wire/container.ts';
import { words } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { causeOf } from '../chapter-words.ts';
import { endsWhileReady, isRun, readyWithoutAsking } from '../facts/readiness.ts';
import { sources, told } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';
import type { Factor } from './factor.ts';

/** Probes in force of containers that were killed by one, and probes that are not there where one would have helped. */
export function probeFactors(input: DraftInput): readonly Factor[] {
  return input.chapters.flatMap((facts) => [...killingProbe(input, facts), ...dependencyInLiveness(facts)]);
}

function killingProbe(input: DraftInput, { spec, deaths, built: { chapter } }: ChapterFacts): readonly Factor[] {
  if (spec === undefined || (chapter.symptom !== 'LivenessProbeFailed' && chapter.symptom !== 'StartupProbeFailed')) return [];
  const { livenessProbe, startupProbe, name } = spec.status;
  const probe = chapter.symptom === 'LivenessProbeFailed' ? livenessProbe : startupProbe;
  if (probe === undefined) return [];
  const lives = deaths.map(livedFor).filter((life) => life !== undefined);
  const lived = lives.length === 0 ? '' : `; ${plural(lives.length, 'attempt')} lived ${rangeOf(lives)}`;
  const which = chapter.symptom === 'LivenessProbeFailed' ? 'liveness' : 'startup';
  const slow = chapter.cause === 'slow-boot';
  const held = which === 'liveness' && startupProbe === undefined;
  const rule = slow
    ? `allows ${allowanceOf(probe)} from start${held ? ', and there is no startup probe to hold it back' : ''}`
    : `ends it after ${plural(probe.failureThreshold ?? 3, 'failure')}, ${probe.periodSeconds ?? 10} s apart`;
  return [
    {
      what: [
        words(`The ${which} probe of container `),
        told(name),
        words(` ${rule}${lived}`),
        ...sources([spec.evidence, chapter.evidence[0]]),
        words('.'),
      ],
      ...(slow && held ? { remedy: startupRemedy(input, name) } : {}),
    },
  ];
}

/** `20 s (5 s delay + 3 × 5 s)` */
function allowanceOf({ initialDelaySeconds = 0, failureThreshold = 3, periodSeconds = 10 }: Probe): string {
  const total = describeDuration((initialDelaySeconds + failureThreshold * periodSeconds) * second);
  return `${total} (${initialDelaySeconds} s delay + ${failureThreshold} × ${periodSeconds} s)`;
}

function rangeOf(lives: readonly number[]): string {
  const shortest = describeDuration(Math.min(...lives));
  const longest = describeDuration(Math.max(...lives));
  return shortest === longest ? shortest : `${shortest} to ${longest}`;
}

function startupRemedy({ built }: DraftInput, container: string): NonNullable<Factor['remedy']> {
  return {
    key: `startup-probe ${container}`,
    type: 'prevent',
    action: [
      words('Give container '),
      told(container),
      words(' a startup probe that allows its measured boot time, in '),
      ...workloadWords(built.incident.workload),
      words(' (today: none)'),
    ],
  };
}

/** Restarting a process repairs nothing that it waits for. */
function dependencyInLiveness(facts: ChapterFacts): readonly Factor[] {
  const { chapter } = facts.built;
  if (chapter.symptom !== 'LivenessProbeFailed' || chapter.cause !== 'probe-dependency') return [];
  return [{ what: [words('A dependency decides the liveness of the container: '), ...causeOf(facts), words('.')] }];
}

/** Containers that count as ready while they fail. */
export function readinessFactors(input: DraftInput): readonly Factor[] {
  return input.chapters.flatMap((facts) => noReadiness(input, facts));
}

function noReadiness(input: DraftInput, facts: ChapterFacts): readonly Factor[] {
  const { spec, built } = facts;
  const { containerRole, symptom } = built.chapter;
  if (spec === undefined || containerRole !== 'app' || !endsWhileReady.has(symptom) || isRun(input) || !readyWithoutAsking(facts))
    return [];
  return [
    {
      what: [
        words('Container '),
        told(spec.status.name),
        words(' has no readiness probe: it counts as ready for traffic and for rollouts as soon as its process runs'),
        ...sources([spec.evidence]),
        words('.'),
      ],
      remedy: {
        key: `readiness-probe ${spec.status.name}`,
        type: 'mitigate',
        action: [
          words('Add a readiness probe to container '),
          told(spec.status.name),
          words(' of '),
          ...workloadWords(input.built.incident.workload),
          words(', so that a rollout of a broken revision stops'),
        ],
      },
    },
  ];
}
