import { describeDuration, describeRange } from '../../../time/duration.ts';
import { bullets } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { clock } from '../../timeline/document.ts';
import type { ChapterFacts, DraftInput, DraftSection } from '../draft-input.ts';
import { affectedPods, podsIn, restartsIn } from '../../facts/affected-pods.ts';
import { evidenceInForce } from '../../facts/evidence-at.ts';
import { endsWhileReady, isRun, readyWithoutAsking } from '../facts/readiness.ts';
import { readyAttempts } from '../facts/ready-attempts.ts';
import { replicaTime } from '../facts/replica-time.ts';
import { absent, sources, told } from '../phrases.ts';

/** Capacity, which pods can tell; users and money they cannot. */
export function impactSection(input: DraftInput): DraftSection {
  return {
    name: 'impact',
    heading: [words('Impact')],
    generated: [
      bullets([
        ...(isRun(input) ? [] : capacity(input)),
        pods(input),
        ...(isRun(input) ? [] : [...meaningOfReady(input), ...input.chapters.flatMap(attempts).slice(0, maxAttempts)]),
        [absent('Users, requests and data: no record shows them.')],
      ]),
    ],
    prompts: [
      'Which users or requests were affected, how many, how badly, for how long? Was any work or data lost? Where is that measured?',
    ],
  };
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
  const restarts = restartsIn(affected, input.span);
  const ends =
    deaths + restarts === 0 ? 'no container died' : `${plural(deaths, 'death')} of failing containers, ${plural(restarts, 'restart')}`;
  const counts = `Pods affected: ${affected.length} of ${existed} that existed then; ${ends}`;
  return [words(counts), ...sources(input.chapters.map(({ built }) => built.chapter.evidence[0])), words('.')];
}

/** More chapters than this are in the timeline. */
const maxAttempts = 3;

/** What the attempts were good for between start and end. */
function attempts(facts: ChapterFacts): readonly (readonly Inline[])[] {
  const ready = readyAttempts(facts);
  if (ready === undefined) return [];
  const { times, attempts: all, evidence } = ready;
  const became =
    times.length === 0
      ? ` became ready in none of ${plural(all, 'attempt')}`
      : ` became ready in ${times.length} of ${plural(all, 'attempt')} that ended, for ${describeRange(times)}${times.length > 1 ? ' each' : ''}`;
  return [[words('Container '), told(facts.built.chapter.container ?? ''), words(became), ...sources([evidence]), words('.')]];
}

/** Without a readiness probe a pod counts as ready as soon as its processes run. */
function meaningOfReady({ chapters }: DraftInput): readonly (readonly Inline[])[] {
  const blind = chapters.find(
    (facts) => facts.built.chapter.containerRole === 'app' && endsWhileReady.has(facts.built.chapter.symptom) && readyWithoutAsking(facts),
  );
  if (blind?.spec === undefined) return [];
  return [[words('Ready only means that the processes ran: there is no readiness probe'), ...sources([blind.spec.evidence]), words('.')]];
}
