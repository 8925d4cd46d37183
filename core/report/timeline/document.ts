import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Entry } from '../../timeline/entry.ts';
import { formatInstant, type Instant } from '../../time/instant.ts';
import { evidenceLink, words, type Inline } from '../inline.ts';

/** What every section of a timeline is written from. */
export interface TimelineInput {
  readonly built: BuiltIncident;
  readonly entries: readonly Entry[];
  readonly inputHash: string;
  /** Evidence ids as this document prints them: the shortest form that is unique within it, at least 8 digits. */
  readonly labels: ReadonlyMap<EvidenceId, string>;
}

/** `11:04:44`, with the date in front when it is another day than the onset's. */
export function clock(at: Instant, onset: Instant): string {
  const text = formatInstant(at);
  const time = text.slice(11, 19);
  return text.slice(0, 10) === formatInstant(onset).slice(0, 10) ? time : `${text.slice(0, 10)} ${time}`;
}

/** `22 Nov 2026` */
export function day(at: Instant): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const [year = '', month = '', date = ''] = formatInstant(at).slice(0, 10).split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

export function cite(input: TimelineInput, ids: readonly EvidenceId[], max = 1): readonly Inline[] {
  return ids.slice(0, max).flatMap((id, index) => [...(index === 0 ? [] : [words(' ')]), evidenceLink(id, input.labels.get(id) ?? id)]);
}

/** Shortest labels, at least 8 hex digits, that tell the given ids apart. */
export function labelsOf(ids: Iterable<EvidenceId>): ReadonlyMap<EvidenceId, string> {
  const all = [...new Set(ids)];
  for (let digits = 8; digits <= 16; digits += 1) {
    const length = 'EV-'.length + digits;
    if (new Set(all.map((id) => id.slice(0, length))).size === all.length) return new Map(all.map((id) => [id, id.slice(0, length)]));
  }
  return new Map(all.map((id) => [id, id]));
}
