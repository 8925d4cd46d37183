import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Incident, Rollout } from '../../incident/incident.ts';
import type { BuiltChapter } from '../../incident/build-chapters.ts';
import type { Death } from '../../history/container-history.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { Instant } from '../../time/instant.ts';
import type { ContainerStatus } from '../../wire/container.ts';
import type { LogObservation } from '../../wire/log.ts';
import type { Block } from '../block.ts';
import type { Inline } from '../inline.ts';

export interface DraftOptions {
  /** Earlier incidents of the same workload, oldest first; they make the recurrence. */
  readonly earlier?: readonly Incident[];
  /** What an organisation calls the section of contributing factors, e.g. `Root cause(s)`. */
  readonly heading?: string;
  /** IANA name of a zone whose times stand beside UTC, e.g. `Europe/Berlin`. */
  readonly timezone?: string;
  /** Whether `timeline.md` lies beside the draft, so that a link to it leads somewhere. */
  readonly linksTimeline?: boolean;
}

/** One chapter with what its pods show: found once, used by many sections. */
export interface ChapterFacts {
  readonly number: number;
  readonly built: BuiltChapter;
  readonly from: Instant;
  /** Pods in which it happened, oldest first. */
  readonly pods: readonly PodHistory[];
  readonly deaths: readonly Death[];
  /** Where no rule tells the cause: the newest log with something in it of a process that died. */
  readonly lastLog?: LogObservation;
  /** The failing container as its pod specifies it, with the record that shows it. */
  readonly spec?: { readonly status: ContainerStatus; readonly evidence: EvidenceId };
  /** The revision its pods belong to, where that was rolled out at or before the first failure. */
  readonly rollout?: Rollout;
}

/** What every section of a draft is written from. */
export interface DraftInput {
  readonly built: BuiltIncident;
  readonly inputHash: string;
  readonly earlier: readonly Incident[];
  readonly chapters: readonly [ChapterFacts, ...ChapterFacts[]];
  /** From the onset to the recovery, the end, or as far as the data goes. */
  readonly span: { readonly from: Instant; readonly to: Instant };
  readonly options: DraftOptions;
}

/** One section: a generated part that is replaced by an update, and the questions to people below it, which never are. */
export interface DraftSection {
  /** Name of the managed block. */
  readonly name: string;
  readonly heading?: readonly Inline[];
  readonly generated: readonly Block[];
  readonly prompts?: readonly string[];
}
