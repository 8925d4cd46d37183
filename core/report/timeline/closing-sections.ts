import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { Block, Cell } from '../block.ts';
import { bullets, details, fence, heading, paragraph, table } from '../block.ts';
import { indexEvidence } from '../evidence-index.ts';
import { evidenceAnchor, quote, words, type Inline } from '../inline.ts';
import { objectName } from '../object-name.ts';
import { plural } from './at-a-glance.ts';
import { clock, type TimelineInput } from './document.ts';

/** What was not seen, said aloud; present even when nothing is missing. */
export function gapsSection({ built }: TimelineInput): readonly Block[] {
  const { terminationsSeen, terminationsKnown, gaps } = built.incident.coverage;
  const arithmetic: readonly Inline[] = [
    words(`Terminations: ${terminationsKnown} known by restartCount and records, ${terminationsSeen} captured.`),
  ];
  const usage: readonly Inline[] =
    built.workload.usage.length === 0
      ? [words('Memory usage before the deaths: not available.')]
      : [words(`Memory usage: ${plural(built.workload.usage.length, 'record')}.`)];
  const redacted = redactions(built.workload.logs.values());
  const logs: readonly Inline[] = [
    words(redacted.length === 0 ? 'Redactions in logs: none.' : `Redactions in logs: ${redacted.join(', ')}.`),
  ];
  return [
    heading(2, words('Gaps and data quality')),
    bullets([arithmetic, ...gaps.map((gap): readonly Inline[] => [words(`${gap.kind}: `), quote(gap.text, 300)]), usage, logs]),
  ];
}

function redactions(logs: Iterable<{ readonly redactions?: Readonly<Record<string, number>> | undefined }>): readonly string[] {
  const counts = new Map<string, number>();
  for (const log of logs) {
    for (const [rule, count] of Object.entries(log.redactions ?? {})) counts.set(rule, (counts.get(rule) ?? 0) + count);
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([rule, count]) => `${rule.replaceAll(/[^a-z0-9-]/gi, '')} ×${count}`);
}

export function evidenceSection({ built }: TimelineInput, labels: ReadonlyMap<EvidenceId, string>): readonly Block[] {
  const { onsetAt } = built.group;
  const rows = indexEvidence(built.workload, new Set(labels.keys())).map((record): readonly Cell[] => [
    [evidenceAnchor(record.id), words(labels.get(record.id) ?? record.id)],
    [quote(record.kind)],
    [quote(record.source)],
    [words(record.until === undefined ? clock(record.at, onsetAt) : `${clock(record.at, onsetAt)} … ${clock(record.until, onsetAt)}`)],
    [quote(record.text, 160)],
  ]);
  return [heading(2, words('Evidence')), ...details('Evidence', [table(['Id', 'Kind', 'Source', 'UTC', 'Record'], rows)])];
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
