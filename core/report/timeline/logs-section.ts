import { deathsOf, type Death } from '../../history/pod-facts.ts';
import { logOf } from '../../history/log-of.ts';
import type { LogObservation } from '../../wire/log.ts';
import type { Block } from '../block.ts';
import { details, fence, paragraph } from '../block.ts';
import { logFingerprint } from '../log-fingerprint.ts';
import { quote, words } from '../inline.ts';
import { plural } from './at-a-glance.ts';
import type { TimelineInput } from './document.ts';

interface Instance {
  readonly pod: string;
  readonly death: Death;
  readonly log: LogObservation;
}

/** Lines of one log that a document shows: the end is where the reason stands. */
const shownLines = 40;

/** The log of the first death of each container, and of each later one that ended differently. */
export function logsSection(input: TimelineInput): readonly Block[] {
  const instances = instancesOf(input);
  if (instances.length === 0) return [];
  const groups = [
    ...Map.groupBy(instances, ({ pod, log }) => JSON.stringify([pod, log.container, logFingerprint(log.text) ?? ''])).values(),
  ];
  return details('Previous logs', groups.flatMap(describeGroup));
}

function instancesOf({ built }: TimelineInput): readonly Instance[] {
  const deaths = new Set(built.group.signs.flatMap((sign) => sign.deaths));
  return built.workload.pods.flatMap((pod) =>
    pod.containers.flatMap((container) =>
      deathsOf(container)
        .filter((death) => deaths.has(death.key))
        .flatMap((death) => {
          const log = logOf(built.workload, pod.uid, death);
          return log?.text === undefined ? [] : [{ pod: pod.name, death, log }];
        }),
    ),
  );
}

function describeGroup(group: readonly Instance[]): readonly Block[] {
  const [first, ...same] = group;
  if (first === undefined) return [];
  const lines = (first.log.text ?? '').replace(/\n+$/, '').split('\n');
  const shown = lines.slice(-shownLines);
  const redactions = Object.values(first.log.redactions ?? {}).reduce((sum, count) => sum + count, 0);
  const counts = `instance ${first.death.index} (${plural(lines.length, 'line')}${shown.length < lines.length ? `, the last ${shown.length} shown` : ''}, ${plural(redactions, 'redaction')})`;
  const repeated =
    same.length === 0
      ? ''
      : `; ${same.length === 1 ? 'instance' : 'instances'} ${same.map(({ death }) => death.index).join(', ')} ${same.length === 1 ? 'ends' : 'end'} the same way`;
  return [
    paragraph(words('Log of '), quote(`${first.pod}/${first.log.container}`), words(`, ${counts}${repeated}:`)),
    fence(shown.join('\n')),
  ];
}
