import { describeDuration } from '../../../time/duration.ts';
import { bullets } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { clock } from '../../timeline/document.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { affectedPods, podsIn, restartsIn } from '../facts/affected-pods.ts';
import { evidenceInForce } from '../facts/evidence-at.ts';
import { replicaTime } from '../facts/replica-time.ts';
import { absent, sources } from '../phrases.ts';

/** Capacity, which pods can tell; users and money they cannot. */
export function impactSection(input: DraftInput): DraftSection {
  return {
    name: 'impact',
    heading: [words('Impact')],
    generated: [
      bullets([
        ...(isRun(input) ? [] : capacity(input)),
        pods(input),
        ...(isRun(input) ? [] : meaningOfReady(input)),
        [absent('Users, requests and data: no record shows them.')],
      ]),
    ],
    prompts: [
      'Which users or requests were affected, how many, how badly, for how long? Was any work or data lost? Where is that measured?',
    ],
  };
}

/** Jobs want completions, not ready replicas. */
function isRun({ built }: DraftInput): boolean {
  return built.workload.key.kind === 'Job' || built.workload.key.kind === 'CronJob';
}

function capacity({ built, span }: DraftInput): readonly (readonly Inline[])[] {
  const time = replicaTime(built.health, span);
  if (time === undefined) return [];
  const { notReady, wanted, lowest } = time;
  const several = lowest.wanted > 1;
  const share = `${describeDuration(notReady)} of ${describeDuration(wanted)}`;
  return [
    [
      words(
        several
          ? `Wanted replicas were not ready for ${share} of replica time (derived from the Ready conditions); lowest ${lowest.ready} of ${lowest.wanted} ready at ${clock(lowest.at, span.from)}`
          : `The wanted replica was not ready for ${share} (derived from the Ready conditions)`,
      ),
      ...sources([evidenceInForce(built.workload, lowest.at)]),
      words('.'),
    ],
  ];
}

function pods(input: DraftInput): readonly Inline[] {
  const affected = affectedPods(input.built);
  const deaths = input.chapters.reduce((sum, { built }) => sum + built.chapter.terminations, 0);
  const existed = Math.max(podsIn(input.built.workload, input.span).length, affected.length);
  const counts = `Pods affected: ${affected.length} of ${existed} that existed then; ${plural(deaths, 'death')} of failing containers, ${plural(restartsIn(affected, input.span), 'restart')}`;
  return [words(counts), ...sources(input.chapters.map(({ built }) => built.chapter.evidence[0])), words('.')];
}

/** Without a readiness probe a pod counts as ready as soon as its process runs. */
function meaningOfReady({ chapters }: DraftInput): readonly (readonly Inline[])[] {
  const blind = chapters.find(
    ({ spec, built }) => spec !== undefined && spec.status.readinessProbe === undefined && built.chapter.containerRole === 'app',
  );
  if (blind?.spec === undefined || blind.built.chapter.terminations === 0) return [];
  return [[words('Ready only means that the process ran: there is no readiness probe'), ...sources([blind.spec.evidence]), words('.')]];
}
