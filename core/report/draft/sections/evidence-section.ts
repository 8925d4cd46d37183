import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import { details, fence, table, type Block, type Cell } from '../../block.ts';
import { indexEvidence } from '../../evidence-index.ts';
import { evidenceAnchor, words } from '../../inline.ts';
import { objectName } from '../../object-name.ts';
import { clock } from '../../timeline/document.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { localHeader, localTime } from '../../local-time.ts';
import { told } from '../phrases.ts';
import { shellWord } from '../shell-word.ts';

/** Every record the draft cites, and the commands that print it in full or make the draft anew. */
export function evidenceSection(input: DraftInput, cited: readonly EvidenceId[], labels: ReadonlyMap<EvidenceId, string>): DraftSection {
  const { incident, workload } = input.built;
  const rows = indexEvidence(workload, new Set(cited)).map((record): readonly Cell[] => [
    [evidenceAnchor(record.id), words(labels.get(record.id) ?? record.id)],
    [told(record.kind)],
    [told(record.source)],
    [words([record.at, ...(record.until === undefined ? [] : [record.until])].map((at) => clock(at, input.span.from)).join(' … '))],
    ...localTime(input.options.timezone, record.at),
    [told(record.text, 160)],
  ]);
  const name = shellWord(objectName(incident.workload.kind, incident.workload.name));
  const commands: Block = fence(
    [
      `mortem draft ${name} -n ${shellWord(incident.namespace)} -f draft.md --update`,
      `mortem timeline ${incident.id}`,
      'mortem explain EV-…',
      'mortem lint draft.md',
    ].join('\n'),
    'sh',
  );
  return {
    name: 'evidence',
    heading: [words('Appendix: evidence')],
    generated: [
      ...details('Records that this document cites', [
        table(['Id', 'Kind', 'Source', 'UTC', ...localHeader(input.options.timezone), 'Record'], rows),
      ]),
      commands,
    ],
  };
}
