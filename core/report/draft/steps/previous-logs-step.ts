import { evidenceOf } from '../../../evidence/evidence-id.ts';
import { words, join, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import type { DraftInput } from '../draft-input.ts';
import { lastLine } from '../../facts/last-log.ts';
import { knownLogs, type KnownLogs } from '../facts/known-logs.ts';
import { kubectlFor } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import type { Step } from './step.ts';

/** Containers whose logs are described one by one. */
const maxContainers = 3;

/** Logs of instances that ended, per container: where the reason of an exit stands. */
export function previousLogsStep(input: DraftInput): Step {
  const all = knownLogs(input);
  const commands = kubectlFor(input.built.workload);
  const newest = all.at(-1);
  const lost = all.flatMap((logs) => logs.missing);
  const [why] = lost;
  const left = all.length - maxContainers;
  return {
    title: '4 Previous logs',
    found:
      all.length === 0
        ? [absent('none: no failing container ran and ended')]
        : [
            ...join(all.slice(0, maxContainers).map(describe), '; '),
            ...(left > 0 ? [words('; '), absent(`${left} more in the timeline`)] : []),
          ],
    missing: why === undefined ? [] : [absent(`${plural(lost.length, 'log')}:`), words(' '), told(why)],
    command: newest === undefined ? logsOfFirst(input) : commands.logs(newest.pod.name, newest.container, newest.restarted),
    ...(newest === undefined ? {} : { caveat: newest.pod.goneAt === undefined ? 'shows one instance only' : 'the pod is gone' }),
  };
}

function logsOfFirst({ built, chapters }: DraftInput): string {
  const [first] = chapters;
  const pod = first.pods.at(-1);
  const commands = kubectlFor(built.workload);
  return pod === undefined ? commands.pods : commands.logs(pod.name, first.built.chapter.container, true);
}

function describe({ container, ended, kept, endings }: KnownLogs): readonly Inline[] {
  const [first] = kept;
  const line = first === undefined ? undefined : lastLine(first.text ?? '');
  const empty = kept.length > 0 && kept.every((log) => (log.text ?? '').trim() === '');
  const same = empty
    ? ', without a line'
    : kept.length < 2
      ? ''
      : endings === 1
        ? ', all end the same way'
        : `, ${endings} different endings`;
  return [
    words('container '),
    told(container),
    words(`: ${kept.length} of ${ended} kept${same}`),
    ...(line === undefined ? [] : [words(kept.length < 2 ? '; its last line ' : '; last line of the first '), told(line)]),
    ...sources(kept.slice(0, 1).map((log) => evidenceOf(log))),
  ];
}
