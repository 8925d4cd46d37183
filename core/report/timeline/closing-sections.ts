import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { Block, Cell } from '../block.ts';
import { details, fence, heading, paragraph, table } from '../block.ts';
import { indexEvidence } from '../evidence-index.ts';
import { evidenceAnchor, quote, words } from '../inline.ts';
import { objectName } from '../object-name.ts';
import { clock, type TimelineInput } from './document.ts';

export function evidenceSection({ built }: TimelineInput, labels: ReadonlyMap<EvidenceId, string>): readonly Block[] {
  const { onsetAt } = built.group;
  const rows = indexEvidence(built.workload, new Set(labels.keys())).map((record): readonly Cell[] => [
    [evidenceAnchor(record.id), words(labels.get(record.id) ?? record.id)],
    [quote(record.kind)],
    [quote(record.source)],
    [words(record.until === undefined ? clock(record.at, onsetAt) : `${clock(record.at, onsetAt)} … ${clock(record.until, onsetAt)}`)],
    [quote(record.text, 160)],
  ]);
  return [
    heading(2, words('Evidence')),
    ...details('Records that this document cites', [table(['Id', 'Kind', 'Source', 'UTC', 'Record'], rows)]),
  ];
}

export function reproduceSection({ built }: TimelineInput): readonly Block[] {
  const { incident } = built;
  const { kind, name } = incident.workload;
  const commands = [
    `mortem timeline ${incident.id}`,
    `mortem timeline ${objectName(kind, name)} -n ${incident.namespace}`,
    'mortem explain EV-…',
  ];
  return [heading(2, words('Reproduce')), paragraph(words('The same records give the same bytes:')), fence(commands.join('\n'), 'sh')];
}
