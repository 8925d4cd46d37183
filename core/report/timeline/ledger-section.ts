import { phaseLedger, type LedgerRow } from '../../timeline/phase-ledger.ts';
import { between, describeDuration } from '../../time/duration.ts';
import type { Instant } from '../../time/instant.ts';
import type { Block, Cell } from '../block.ts';
import { heading, paragraph, table } from '../block.ts';
import { quote, strong, words } from '../inline.ts';
import { describeTag } from './describe-image.ts';
import { clock, type TimelineInput } from './document.ts';

/** More pods than this are the same story again. */
const maxPods = 8;

/** How long each pod took for each step of its life, beside a pod of the same workload that made it. */
export function ledgerSection(input: TimelineInput): readonly Block[] {
  const { rows, left } = phaseLedger(input.built, maxPods);
  return [
    heading(2, words('Phase ledger')),
    paragraph(words('Time from the creation of each pod to each step; an empty cell is a step that no record shows.')),
    table(
      ['Pod', 'Image', 'Created', 'Scheduled', 'Pulled', 'Started', 'Ready', 'First failure'],
      rows.map((row) => toCells(input, row)),
    ),
    ...(left === 0 ? [] : [paragraph(words(`${left} more failing pods are not shown.`))]),
  ];
}

function toCells(input: TimelineInput, row: LedgerRow): readonly Cell[] {
  const step = (at: Instant | undefined): Cell => (at === undefined ? [] : [words(`+${describeDuration(between(row.createdAt, at))}`)]);
  return [
    row.good ? [quote(row.pod, 80), words(', '), strong(words('good'))] : [quote(row.pod, 80)],
    row.image === undefined ? [] : describeTag(row.image),
    [words(clock(row.createdAt, input.built.group.onsetAt))],
    step(row.scheduledAt),
    step(row.pulledAt),
    step(row.startedAt),
    step(row.readyAt),
    row.failedAt === undefined ? [] : [...step(row.failedAt), words(', '), quote(row.failedAs ?? '')],
  ];
}
