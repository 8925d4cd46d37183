import { evidenceOf } from '../../evidence/evidence-id.ts';
import { parseQuantity } from '../../rules/quantity.ts';
import { describeDuration } from '../../time/duration.ts';
import type { Block, Cell } from '../block.ts';
import { bullets, heading, paragraph, table } from '../block.ts';
import { join, quote, words, type Inline } from '../inline.ts';
import { heapSetting } from '../memory/heap-setting.ts';
import { lifeShape } from '../memory/life-shape.ts';
import { limitStretches, type LimitStretch } from '../memory/limit-changes.ts';
import { memoryAttempts, type MemoryAttempts } from '../memory/memory-attempts.ts';
import { mebibytes, peakSample } from '../memory/peak-sample.ts';
import { plural } from './at-a-glance.ts';
import { describeTag } from './describe-image.ts';
import { cite, type TimelineInput } from './document.ts';

const maxRows = 8;
const maxLives = 6;

/** Limit, request, and how each attempt met them; nothing where no failure was about memory. */
export function memorySection({ built }: TimelineInput): readonly Block[] {
  const all = memoryAttempts(built);
  if (all.length === 0) return [];
  const left = all.slice(maxRows);
  const notes = [...heaps(all), ...limits(built, all)];
  return [
    heading(2, words('Memory')),
    table(
      ['Container', 'Image', 'Limit', 'Request', 'Attempts', 'Killed', 'Highest sample before', 'Evidence'],
      all.slice(0, maxRows).map(toRow),
    ),
    ...(left.length === 0
      ? []
      : [paragraph(words(`${plural(left.length, 'more row')} with ${plural(countOf(left), 'attempt')}: the ledger has them.`))]),
    ...(notes.length === 0 ? [] : [bullets(notes)]),
  ];
}

function countOf(all: readonly MemoryAttempts[]): number {
  return all.reduce((sum, { deaths }) => sum + deaths.length, 0);
}

function toRow({ pod, container, image, limit, request, deaths, lives, usage }: MemoryAttempts): readonly Cell[] {
  const indexes = deaths.map(({ index }) => index);
  const [from, to] = [Math.min(...indexes), Math.max(...indexes)];
  const shown = lives.slice(0, maxLives).map((life) => describeDuration(life));
  const each = new Set(shown).size < 2 ? '' : ` (${shown.join(', ')}${lives.length > maxLives ? `, ${lives.length - maxLives} more` : ''})`;
  const peak = peakSample(usage, limit);
  const sample: Cell =
    peak === undefined
      ? [words('not recorded')]
      : [
          words(
            `${mebibytes(peak.bytes)}${peak.share === undefined ? '' : `, ${peak.share} % of the limit`}, from ${mebibytes(peak.firstBytes)} (${plural(peak.samples, 'sample')}) `,
          ),
          ...cite([evidenceOf(peak.usage)]),
        ];
  return [
    [quote(`${pod.name}/${container}`, 90)],
    describeTag(image),
    limit === undefined ? [words('none')] : [quote(limit, 40)],
    request === undefined ? [words('none')] : [quote(request, 40)],
    [words(`${deaths.length} (${from === to ? `instance ${from}` : `instances ${from} to ${to}`})`)],
    [words(`${lifeShape(lives) ?? 'not known'}${each}`)],
    sample,
    cite(
      deaths.map(({ end }) => end.evidence),
      2,
    ),
  ];
}

/** A heap bound that command or args show, against the limit. Env values are never sent, so what they set is not known. */
function heaps(all: readonly MemoryAttempts[]): readonly (readonly Inline[])[] {
  return [...Map.groupBy(all, ({ container }) => container).values()].flatMap(([first]) => {
    if (first === undefined) return [];
    const [{ status, end }] = first.deaths;
    const heap = heapSetting(status);
    const bytes = first.limit === undefined ? undefined : parseQuantity(first.limit);
    if (heap === undefined)
      return [
        [
          words('No heap size is set in command or args of container '),
          quote(first.container),
          words(' '),
          ...cite([end.evidence]),
          words('.'),
        ],
      ];
    const share = bytes === undefined || bytes === 0 ? '' : `, ${Math.round((heap.bytes / bytes) * 100)} % of the limit`;
    return [
      [
        words('Heap of container '),
        quote(first.container),
        words(': '),
        quote(heap.flag, 60),
        words(`${share} `),
        ...cite([end.evidence]),
        words('.'),
      ],
    ];
  });
}

function limits({ workload, rollouts }: TimelineInput['built'], all: readonly MemoryAttempts[]): readonly (readonly Inline[])[] {
  return [...new Set(all.map(({ container }) => container))].flatMap((container) => {
    const stretches = limitStretches(workload, rollouts, container);
    const [only, ...others] = stretches;
    if (only === undefined) return [];
    if (only.revisions === 1 && others.length === 0) return [];
    if (others.length === 0) {
      const same = words(`All ${only.revisions} revisions on record give container `);
      return [
        [same, quote(container), words(' the same limit and request '), ...cite([only.first.evidence, only.last.evidence], 2), words('.')],
      ];
    }
    return [
      [
        words('Limit and request of container '),
        quote(container),
        words(' by revision: '),
        ...join(stretches.map(describeStretch), '; '),
        words('.'),
      ],
    ];
  });
}

function describeStretch({ first, last, limit, request }: LimitStretch): readonly Inline[] {
  const name = (revision: string | undefined): Inline => quote(revision ?? 'without a number', 40);
  return [
    name(first.revision),
    ...(first === last ? [] : [words(' to '), name(last.revision)]),
    words(': '),
    limit === undefined ? words('none') : quote(limit, 40),
    words(' and '),
    request === undefined ? words('none') : quote(request, 40),
    words(' '),
    ...cite([first.evidence]),
  ];
}
