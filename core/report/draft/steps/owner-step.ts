import { wholeSecond } from '../../../time/instant.ts';
import type { WorkloadObservation } from '../../../wire/workload.ts';
import { words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import type { DraftInput } from '../draft-input.ts';
import { kubectlFor } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import { kindWord } from '../workload-words.ts';
import type { Step } from './step.ts';

/** The workload that owns the pods: what was rolled out by whom (a tool, never a person), and what it asks for. */
export function ownerStep({ built, span }: DraftInput): Step {
  const { workload, rollouts } = built;
  const { top, key } = workload;
  const command = kubectlFor(workload).owner;
  const title = '6 Owning workload';
  if (top === undefined) {
    const bare = key.kind === 'Pod';
    return {
      title,
      found: [absent(bare ? 'none: the pod belongs to nobody, nothing makes it anew' : 'no record of the controller itself')],
      missing: [],
      command,
    };
  }
  const { latest } = top;
  const within = rollouts.filter(
    (rollout) => wholeSecond(Date.parse(rollout.at)) > wholeSecond(span.from) && Date.parse(rollout.at) <= span.to,
  ).length;
  const wanted = latest.replicas?.wanted;
  const revision: readonly Inline[] = latest.revision === undefined ? [] : [words(', revision '), told(latest.revision, 40)];
  const tool: readonly Inline[] =
    latest.gitops === undefined
      ? []
      : [
          words(', rolled out by '),
          told(latest.gitops.tool, 40),
          ...(latest.gitops.name === undefined ? [] : [words(' ('), told(latest.gitops.name, 60), words(')')]),
          ...(latest.gitops.revision === undefined ? [] : [words(' at '), told(latest.gitops.revision, 60)]),
        ];
  const chart: readonly Inline[] = latest.helmChart === undefined ? [] : [words(', Helm chart '), told(latest.helmChart, 63)];
  return {
    title,
    found: [
      words(kindWord(key.kind)),
      ...revision,
      ...(wanted === undefined ? [] : [words(`, ${plural(wanted, 'replica')} wanted`)]),
      ...chart,
      ...tool,
      ...jobCounts(latest),
      ...(rollouts.length === 0 || latest.job !== undefined
        ? []
        : [words(`; ${plural(rollouts.length, 'revision')} on record, ${within === 0 ? 'none' : within} rolled out during the incident`)]),
      ...sources([top.states.at(-1)?.evidence]),
    ],
    missing: rolledOutBySomebody(key.kind) && latest.changeCause === undefined ? [absent('no change cause is annotated')] : [],
    command,
  };
}

function rolledOutBySomebody(kind: string): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
}

/** What the controller of a Job counts. */
function jobCounts({ job }: WorkloadObservation): readonly Inline[] {
  if (job === undefined) return [];
  return [words(`, ${plural(job.failed ?? 0, 'pod')} failed, ${job.succeeded ?? 0} succeeded`)];
}
