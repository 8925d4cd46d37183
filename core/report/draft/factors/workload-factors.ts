import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import { words, type Inline } from '../../inline.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { neededThing } from '../facts/needed-thing.ts';
import { sources, told } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';
import type { Factor } from './factor.ts';

/** What the controller and the rest of the pod's spec say. */
export function workloadFactors(input: DraftInput): readonly Factor[] {
  return [...requiredObjects(input), ...jobLimits(input), ...storageLimits(input)];
}

/** A reference that is not marked optional keeps the container from starting. */
function requiredObjects(input: DraftInput): readonly Factor[] {
  return input.chapters.flatMap((facts): readonly Factor[] => {
    const needed = neededThing(facts);
    const user = needed?.kind === 'config-object' ? whoNeeds(facts, needed.name) : undefined;
    if (needed === undefined || user === undefined) return [];
    return [
      {
        what: [...user.what, words(' needs '), ...needed.what, words(' and is not optional'), ...sources([user.evidence]), words('.')],
        remedy: {
          key: `config ${needed.name ?? ''}`,
          type: 'prevent',
          action: [
            words('Create '),
            ...needed.what,
            words(' before, and in the same deployment as, '),
            ...workloadWords(input.built.incident.workload),
          ],
        },
      },
    ];
  });
}

/** The env variable, the envFrom or the volume that names an object. */
function whoNeeds(
  { spec, pods: [pod] }: ChapterFacts,
  name: string | undefined,
): { what: readonly Inline[]; evidence: EvidenceId | undefined } | undefined {
  if (name === undefined) return undefined;
  const source = spec?.status.envSources?.find((item) => item.optional !== true && item.name === name);
  if (spec !== undefined && source !== undefined) {
    const where: readonly Inline[] = source.env === undefined ? [words('envFrom')] : [words('Env variable '), told(source.env)];
    return { what: [...where, words(' of container '), told(spec.status.name)], evidence: spec.evidence };
  }
  const volume = pod?.latest.volumes?.find((item) => item.optional !== true && item.ref === name);
  return volume === undefined ? undefined : { what: [words('Volume '), told(volume.name)], evidence: pod?.states[0]?.evidence };
}

function jobLimits({ built, chapters }: DraftInput): readonly Factor[] {
  const jobs = [...built.workload.owners, ...(built.workload.top === undefined ? [] : [built.workload.top])].filter(
    (owner) => owner.kind === 'Job',
  );
  if (jobs.length === 0) return [];
  const uids = new Set(chapters.flatMap(({ pods }) => pods.flatMap((pod) => pod.latest.workload.chain.map((link) => link.uid))));
  const job = jobs.find((owner) => uids.has(owner.uid)) ?? jobs.at(-1);
  const limits = job?.latest.job;
  if (job === undefined || limits === undefined) return [];
  const evidence = sources([job.states.at(-1)?.evidence]);
  const symptoms = new Set(chapters.map(({ built: { chapter } }) => chapter.symptom));
  const found: Factor[] = [];
  if (limits.activeDeadlineSeconds !== undefined && symptoms.has('DeadlineExceeded')) {
    found.push({
      what: [
        words(`The Job may run for ${limits.activeDeadlineSeconds} s (activeDeadlineSeconds), retries included`),
        ...evidence,
        words('.'),
      ],
      remedy: {
        key: 'deadline',
        type: 'prevent',
        action: [
          words('Measure how long a run of '),
          ...workloadWords(built.incident.workload),
          words(` takes, and set its deadline of ${limits.activeDeadlineSeconds} s or its share of work by that`),
        ],
      },
    });
  }
  if (limits.backoffLimit !== undefined && (symptoms.has('JobFailed') || symptoms.has('Error'))) {
    found.push({
      what: [
        words(`The Job gives up after ${limits.backoffLimit} retries (backoffLimit); each repeats the whole attempt`),
        ...evidence,
        words('.'),
      ],
    });
  }
  return found;
}

function storageLimits(input: DraftInput): readonly Factor[] {
  return input.chapters.flatMap(({ spec, built: { chapter } }): readonly Factor[] => {
    const limit = spec?.status.resources?.limits?.['ephemeral-storage'];
    if (spec === undefined || limit === undefined || !/^evicted-|^own-storage-limit$/.test(chapter.cause)) return [];
    const request = spec.status.resources?.requests?.['ephemeral-storage'];
    return [
      {
        what: [
          words('Container '),
          told(spec.status.name),
          words(' may write '),
          told(limit, 40),
          words(' to its own file system, logs included (request '),
          request === undefined ? words('none') : told(request, 40),
          words(')'),
          ...sources([spec.evidence]),
          words('.'),
        ],
        remedy: {
          key: `ephemeral-storage ${spec.status.name}`,
          type: 'prevent',
          action: [
            words('Bound what container '),
            told(spec.status.name),
            words(' writes, or give it a volume or a limit by a measured peak, in '),
            ...workloadWords(input.built.incident.workload),
          ],
        },
      },
    ];
  });
}

/** Nothing stands in for the pod that fails. */
export function replicaFactors({ built }: DraftInput): readonly Factor[] {
  const { top, key } = built.workload;
  const counts = new Set(top?.states.map((state) => state.record.replicas?.wanted));
  if (top === undefined || !['Deployment', 'StatefulSet'].includes(key.kind) || counts.size !== 1 || !counts.has(1)) return [];
  return [
    {
      what: [
        words('One replica is wanted, so a failure of its pod is the whole capacity'),
        ...sources([top.states[0]?.evidence]),
        words('.'),
      ],
    },
  ];
}
