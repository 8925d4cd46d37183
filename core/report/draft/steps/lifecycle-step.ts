import { explainExitCode } from '../../../causes/exit-code.ts';
import { livedFor } from '../../../history/pod-facts.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import { describeRange } from '../../../time/duration.ts';
import { words, join, type Inline } from '../../inline.ts';
import { failedNodes, tellingSign, triesOf } from '../chapter-words.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { kubectlFor, type Kubectl } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import type { Step } from './step.ts';

/** More chapters than this are in the timeline. */
const maxChapters = 5;

/** In which state each chapter was, by status and events. */
export function lifecycleStep(input: DraftInput): Step {
  const { chapters, built } = input;
  const parts = chapters.slice(0, maxChapters).map((facts) => stateOf(facts, chapters.length > 1));
  const suppressed = built.incident.coverage.gaps.filter((gap) => gap.kind === 'events-suppressed').length;
  const pod = chapters.findLast((facts) => facts.pods.length > 0)?.pods.at(-1);
  const commands = kubectlFor(built.workload);
  return {
    title: '2 Lifecycle state and events',
    found: join(parts, '; '),
    missing: join([...(suppressed === 0 ? [] : [[absent('events that the kubelet held back as spam')]]), ...unseenNodes(input)], '; '),
    ...whereToLook(commands, pod, chapters.flatMap(failedNodes).at(-1)),
  };
}

/** Where a node failed and only its pods tell of it. */
function unseenNodes({ chapters, built: { workload } }: DraftInput): readonly (readonly Inline[])[] {
  const unseen = [...new Set(chapters.flatMap(failedNodes))].filter((node) => !workload.nodes.some(({ name }) => name === node));
  return unseen.length === 0 ? [] : [[absent('no state of the node itself is on record')]];
}

/** What holds its pods is looked at before them. */
function whereToLook(commands: Kubectl, pod: PodHistory | undefined, node: string | undefined): Pick<Step, 'command' | 'caveat'> {
  if (node !== undefined) return { command: commands.node(node) };
  if (pod === undefined) return { command: commands.owner };
  return { command: commands.describe(pod.name), ...(pod.goneAt === undefined ? {} : { caveat: 'the pod is gone' }) };
}

function stateOf(facts: ChapterFacts, numbered: boolean): readonly Inline[] {
  const { chapter } = facts.built;
  const { detail, quote } = tellingSign(facts);
  const tries = triesOf(facts);
  const times = tries > 1 ? ` ×${tries}` : '';
  const said = [detail, quote]
    .filter((text) => text !== undefined)
    .flatMap((text, index) => [words(index === 0 ? ': ' : '; '), told(text, 240)]);
  return [
    words(`${numbered ? `${facts.number}: ` : ''}${chapter.phase}`),
    ...(facts.deaths.length > 0 ? [words(`, ${endsOf(facts)}`), ...said] : [...said, words(times)]),
    ...sources(chapter.evidence.slice(0, 2)),
  ];
}

/** `exit code 137 (SIGKILL) ×4, 2 s to 3 s after start` */
function endsOf({ deaths }: ChapterFacts): string {
  const codes = Map.groupBy(deaths, ({ end: { terminated } }) => terminated.exitCode);
  const ends = [...codes].map(([code, same]) => {
    const { signal } = explainExitCode(code, { reason: same[0]?.end.terminated.reason ?? '' });
    return `exit code ${code}${signal === undefined ? '' : ` (${signal})`}${same.length > 1 ? ` ×${same.length}` : ''}`;
  });
  const lives = deaths.map(livedFor).filter((life) => life !== undefined);
  return [ends.join(', '), ...(lives.length === 0 ? [] : [`${describeRange(lives)} after start`])].join(', ');
}
