import { between, describeDuration } from '../../../time/duration.ts';
import { bullets } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { clock } from '../../timeline/document.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { affectedPods, podsIn, restartsIn } from '../facts/affected-pods.ts';
import { evidenceInForce } from '../facts/evidence-at.ts';
import { replicaTime } from '../facts/replica-time.ts';
import { absent, sources, told } from '../phrases.ts';

/** Capacity, which pods can tell; users and money they cannot. */
export function impactSection(input: DraftInput): DraftSection {
  return {
    name: 'impact',
    heading: [words('Impact')],
    generated: [
      bullets([...capacity(input), pods(input), ...meaningOfReady(input), [absent('Users, requests and data: no record shows them.')]]),
    ],
    prompts: [
      'Which users or requests were affected, how many, how badly, for how long? Was any work or data lost? Where is that measured?',
    ],
  };
}

/** Jobs want completions, not ready replicas. */
function capacity({ built, span }: DraftInput): readonly (readonly Inline[])[] {
  if (built.workload.key.kind === 'Job' || built.workload.key.kind === 'CronJob') return [];
  const time = replicaTime(built.health, span);
  if (time === undefined) return [];
  const { notReady, wanted, lowest } = time;
  const whole = between(span.from, span.to);
  const several = Math.round(wanted / Math.max(1, whole)) > 1;
  return [
    [
      words(
        `Not ready for ${describeDuration(notReady)} of ${describeDuration(wanted)} of ${several ? 'wanted replica time' : 'the time'} ` +
          `(derived from the Ready conditions); lowest ${lowest.ready} of ${lowest.wanted} ready, first at ${clock(lowest.at, span.from)}`,
      ),
      ...sources([evidenceInForce(built.workload, lowest.at)]),
      words('.'),
    ],
  ];
}

function pods(input: DraftInput): readonly Inline[] {
  const affected = affectedPods(input.built);
  const deaths = input.chapters.reduce((sum, { built }) => sum + built.chapter.terminations, 0);
  const of = podsIn(input.built.workload, input.span).length;
  const restarts = restartsIn(affected, input.span);
  const [first] = affected;
  const head =
    affected.length === 0
      ? 'No pod exists of which this could be said'
      : `${affected.length} of ${plural(Math.max(of, affected.length), 'pod')} of that time affected; ${plural(deaths, 'death')} of failing containers, ${plural(restarts, 'restart')}`;
  const newest = first?.states.at(-1)?.evidence;
  return [words(head), ...sources([newest, ...input.chapters.map(({ built }) => built.chapter.evidence[0])], 1), words('.')];
}

/** Without a readiness probe a pod counts as ready as soon as its process runs. */
function meaningOfReady({ chapters }: DraftInput): readonly (readonly Inline[])[] {
  const blind = chapters.find(
    ({ spec, built }) => spec !== undefined && spec.status.readinessProbe === undefined && built.chapter.containerRole === 'app',
  );
  if (blind?.spec === undefined || blind.built.chapter.terminations === 0) return [];
  return [
    [
      words('Ready means less here: container '),
      told(blind.spec.status.name),
      words(' has no readiness probe, so it counts as ready while its process runs'),
      ...sources([blind.spec.evidence]),
      words('.'),
    ],
  ];
}
