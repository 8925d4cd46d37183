import type { Death } from '../../history/container-history.ts';
import { logOf } from '../../history/log-of.ts';
import type { LogObservation } from '../../wire/log.ts';
import type { Block } from '../block.ts';
import { details, fence, heading, paragraph } from '../block.ts';
import { logFingerprint } from '../log-fingerprint.ts';
import { quote, words } from '../inline.ts';
import { plural } from './at-a-glance.ts';
import type { TimelineInput } from './document.ts';

interface Instance {
  readonly pod: string;
  readonly death: Death;
  readonly log: LogObservation;
}

/** Lines shown of the first failure, and of each one that ended differently: the end is where the reason stands. */
const firstLines = 200;
const laterLines = 40;
/** More different endings of one container than this are no pattern. */
const maxEndings = 5;

/** Of each container the log of its first failure, and of each later one that ended differently. */
export function logsSection(input: TimelineInput): readonly Block[] {
  const byContainer = [...Map.groupBy(instancesOf(input), ({ log }) => log.container).values()];
  if (byContainer.length === 0) return [];
  return [heading(2, words('Previous logs')), ...details('Logs of what ended', byContainer.flatMap(describeContainer))];
}

/** Oldest end first. */
function instancesOf({ built }: TimelineInput): readonly Instance[] {
  const deaths = new Set(built.group.signs.flatMap((sign) => sign.deaths));
  const found = built.workload.pods.flatMap((pod) =>
    pod.containers.flatMap((container) =>
      container.deaths
        .filter((death) => deaths.has(death.key))
        .flatMap((death) => {
          const log = logOf(built.workload, pod.uid, death);
          return log?.text === undefined ? [] : [{ pod: pod.name, death, log }];
        }),
    ),
  );
  return found.toSorted((a, b) => a.death.end.finishedAt - b.death.end.finishedAt || (a.death.key < b.death.key ? -1 : 1));
}

function describeContainer(instances: readonly Instance[]): readonly Block[] {
  const endings = [...byEnding(instances).values()];
  const left = endings.slice(maxEndings);
  return [
    ...endings.slice(0, maxEndings).flatMap((same, index) => describeEnding(same, index === 0 ? firstLines : laterLines)),
    ...(left.length === 0
      ? []
      : [
          paragraph(
            words(`${plural(left.length, 'more ending')}, of ${plural(left.flat().length, 'instance')}: the store has their logs.`),
          ),
        ]),
  ];
}

/** Most logs of a crash loop are the same text: only different ones are worth a fingerprint. */
function byEnding(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const prints = new Map<string | undefined, string>();
  return Map.groupBy(instances, ({ log: { text } }) => {
    const known = prints.get(text) ?? logFingerprint(text) ?? '';
    prints.set(text, known);
    return known;
  });
}

function describeEnding([first, ...same]: readonly Instance[], mostLines: number): readonly Block[] {
  if (first === undefined) return [];
  const { log, pod, death } = first;
  const lines = (log.text ?? '').replace(/\n+$/, '').split('\n');
  const shown = lines.slice(-mostLines);
  const redactions = Object.values(log.redactions ?? {}).reduce((sum, count) => sum + count, 0);
  const cut = shown.length < lines.length ? `, the last ${shown.length} shown` : '';
  const before = log.truncated === undefined ? '' : `, ${log.truncated.bytes} bytes of it left out by the collector`;
  const counts = `instance ${death.index} (${plural(lines.length, 'line')}${cut}${before}, ${plural(redactions, 'redaction')})`;
  return [
    paragraph(words('Log of '), quote(`${pod}/${log.container}`), words(`, ${counts}${repeatedBy(first, same)}:`)),
    fence(shown.join('\n')),
  ];
}

/** `; instances 1 to 3 end the same way` */
function repeatedBy(first: Instance, same: readonly Instance[]): string {
  if (same.length === 0) return '';
  const here = same.filter(({ pod }) => pod === first.pod).map(({ death }) => death.index);
  const elsewhere = same.filter(({ pod }) => pod !== first.pod);
  const pods = new Set(elsewhere.map(({ pod }) => pod)).size;
  const parts = [
    ...(here.length === 0 ? [] : [`${here.length === 1 ? 'instance' : 'instances'} ${ranges(here)}`]),
    ...(pods === 0 ? [] : [`${plural(elsewhere.length, 'instance')} in ${plural(pods, 'other pod')}`]),
  ];
  return `; ${parts.join(' and ')} ${same.length === 1 ? 'ends' : 'end'} the same way`;
}

/** `1 to 3, 5` */
function ranges(indexes: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const index of indexes.toSorted((a, b) => a - b)) {
    const open = found.at(-1);
    if (open !== undefined && index <= open[1] + 1) open[1] = index;
    else found.push([index, index]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from} ${to === from + 1 ? 'and' : 'to'} ${to}`)).join(', ');
}
