import { evidenceOf } from '../../../evidence/evidence-id.ts';
import { logOf } from '../../../history/log-of.ts';
import type { LogObservation } from '../../../wire/log.ts';
import { words, join, type Inline } from '../../inline.ts';
import type { DraftInput } from '../draft-input.ts';
import { lastLine } from '../../facts/last-log.ts';
import { kubectlFor } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import type { Step } from './step.ts';

const maxLogs = 2;

/** Logs of instances that ran when they were read. */
export function currentLogsStep(input: DraftInput): Step {
  const { built, chapters } = input;
  const current = currentLogs(input);
  const target = chapters.findLast((facts) => facts.pods.length > 0);
  const pod = target?.pods.at(-1);
  const commands = kubectlFor(built.workload);
  const found = current.filter((log) => log.text !== undefined);
  const refused = current.find((log) => log.text === undefined)?.missing?.reason;
  return {
    title: '3 Current logs',
    found: found.length === 0 ? [absent(whyNone(input))] : join(found.slice(0, maxLogs).map(describeLog), '; '),
    missing: refused === undefined ? [] : [absent('not readable:'), words(' '), told(refused)],
    command: pod === undefined ? commands.pods : commands.logs(pod.name, target?.built.chapter.container),
    ...(pod?.goneAt === undefined ? {} : { caveat: 'the pod is gone' }),
  };
}

function currentLogs({ built, chapters }: DraftInput): readonly LogObservation[] {
  const pods = new Map(chapters.flatMap((facts) => facts.pods.map((pod) => [pod.uid, pod] as const)));
  return [...pods.values()].flatMap((pod) =>
    pod.containers.flatMap((container) =>
      container.attempts
        .filter((attempt) => attempt.end === undefined)
        .flatMap((attempt) => logOf(built.workload, pod.uid, attempt) ?? [])
        .filter((log) => !log.final),
    ),
  );
}

function whyNone({ chapters }: DraftInput): string {
  if (chapters.every((facts) => facts.pods.length === 0)) return 'none: no pod existed';
  if (chapters.every((facts) => facts.built.chapter.container === undefined)) return 'none: no container failed';
  const ran = chapters.some((facts) => facts.deaths.some((death) => death.startedAt !== undefined));
  if (!ran) return 'none: no failing container ever ran';
  return 'none on record of a running instance; step 4 has those that ended';
}

function describeLog(log: LogObservation): readonly Inline[] {
  const line = lastLine(log.text ?? '');
  return [
    words('container '),
    told(log.container),
    words(`, instance ${log.restartCount}, read while it ran`),
    ...(line === undefined ? [words(': empty')] : [words(', last line '), told(line)]),
    ...sources([evidenceOf(log)]),
  ];
}
