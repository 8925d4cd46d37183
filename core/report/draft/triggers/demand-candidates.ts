import { between, describeDuration } from '../../../time/duration.ts';
import { hour, instantOf, type Instant } from '../../../time/instant.ts';
import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import { words, type Inline } from '../../inline.ts';
import type { DraftInput } from '../draft-input.ts';
import { sources, told } from '../phrases.ts';
import type { Candidate } from './candidate.ts';

const furthest = hour;

/** What asked for more or for another run of the workload before the onset: a change of replicas, a schedule, a bare pod. */
export function demandCandidates(input: DraftInput): readonly Candidate[] {
  return [...scaleCandidates(input), ...runCandidates(input), ...barePodCandidates(input)];
}

function scaleCandidates(input: DraftInput): readonly Candidate[] {
  const states = input.built.workload.top?.states ?? [];
  return states.flatMap((state, index) => {
    const before = states[index - 1]?.record.replicas?.wanted;
    const wanted = state.record.replicas?.wanted;
    if (before === undefined || wanted === undefined || before === wanted) return [];
    return candidateAt(input, {
      at: state.at,
      evidence: state.evidence,
      rule: 'scale-before-onset',
      what: [words(`Scaled from ${before} to ${wanted} replicas`)],
    });
  });
}

/** The run of a CronJob in which the first failure happened. */
function runCandidates(input: DraftInput): readonly Candidate[] {
  const { workload } = input.built;
  if (workload.key.kind !== 'CronJob') return [];
  const uid = input.chapters[0].pods[0]?.latest.workload.chain.find((link) => link.kind === 'Job')?.uid;
  const job = workload.owners.find((owner) => owner.kind === 'Job' && owner.uid === uid);
  const [first] = job?.states ?? [];
  if (job === undefined || first === undefined) return [];
  const at = instantOf(first.record.createdAt) ?? first.at;
  return candidateAt(input, {
    at,
    evidence: first.evidence,
    rule: 'run-before-onset',
    what: [words('Run '), told(job.name), words(' of the schedule')],
  });
}

function barePodCandidates(input: DraftInput): readonly Candidate[] {
  const { workload } = input.built;
  const [pod] = workload.pods;
  const [first] = pod?.states ?? [];
  if (workload.key.kind !== 'Pod' || pod === undefined || first === undefined) return [];
  return candidateAt(input, {
    at: pod.createdAt,
    evidence: first.evidence,
    rule: 'run-before-onset',
    what: [words('Creation of the pod')],
  });
}

interface Demand {
  readonly at: Instant;
  readonly evidence: EvidenceId;
  readonly rule: string;
  readonly what: readonly Inline[];
}

function candidateAt({ span }: DraftInput, { at, evidence, rule, what }: Demand): readonly Candidate[] {
  const apart = between(at, span.from);
  if (apart < 0 || apart > furthest) return [];
  return [
    {
      what,
      distance: apart === 0 ? '≈ same second as the first failure' : `${describeDuration(apart)} before the first failure`,
      basis: 'hypothesis',
      rule,
      supports: [[words('it came before'), ...sources([evidence])]],
      contradicts: [],
      missing: ['who or what asked for it'],
    },
  ];
}
