import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Entry } from '../../timeline/entry.ts';
import { day as wholeDay, formatInstant, hour, type Instant } from '../../time/instant.ts';
import { evidenceLink, words, type Inline } from '../inline.ts';

export interface TimelineOptions {
  /** IANA name of a zone whose times stand beside UTC, e.g. `Europe/Berlin`. */
  readonly timezone?: string;
}

/** What every section of a timeline is written from. */
export interface TimelineInput {
  readonly built: BuiltIncident;
  readonly entries: readonly Entry[];
  readonly inputHash: string;
  readonly options: TimelineOptions;
}

/** From when on a workload's past belongs to the story: what was rolled out or failed in the hour before may have to do with it. */
export function leadFrom({ group }: BuiltIncident): Instant {
  return group.onsetAt - hour;
}

/** `11:04:44`, with the date in front when it is another day than the onset's. */
export function clock(at: Instant, onset: Instant): string {
  const text = formatInstant(at);
  const time = text.slice(11, 19);
  return Math.floor(at / wholeDay) === Math.floor(onset / wholeDay) ? time : `${text.slice(0, 10)} ${time}`;
}

/** `22 Nov 2026` */
export function day(at: Instant): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const [year = '', month = '', date = ''] = formatInstant(at).slice(0, 10).split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** Links to records; their labels are cut to the shortest that is unique when the document is complete. */
export function cite(ids: readonly EvidenceId[], max = 1): readonly Inline[] {
  return ids.slice(0, max).flatMap((id, index) => [...(index === 0 ? [] : [words(' ')]), evidenceLink(id, id)]);
}
