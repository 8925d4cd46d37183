import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { Image } from '../../incident/incident.ts';
import type { MitigationKind, RolloutKind, Symptom } from '../../incident/vocabulary.ts';
import type { Entry } from '../../timeline/entry.ts';
import type { Instant } from '../../time/instant.ts';
import type { Segment } from './segment.ts';

/** What a glyph stands for; each has a shape of its own. */
export type GlyphKind = 'death' | 'failure' | 'event' | 'ready';

/** A moment on a lane. */
export interface Glyph {
  readonly at: Instant;
  readonly kind: GlyphKind;
  /** Index of the timeline row that tells it. */
  readonly row: number;
}

/** The life of one pod. */
export interface Lane {
  readonly uid: string;
  readonly pod: string;
  readonly restarts: number;
  /** Symptom of its first failure in the incident. */
  readonly failedAs?: Symptom;
  readonly segments: readonly Segment[];
  readonly glyphs: readonly Glyph[];
}

/** The pods of one revision that really ran the same image. */
export interface LaneGroup {
  /** Numbers under which the template was rolled out: more than one after a rollback to it. */
  readonly revisions: readonly string[];
  readonly revisionHash?: string;
  readonly image?: Image;
  readonly lanes: readonly Lane[];
}

/** A moment that concerns all pods. */
export interface Line {
  readonly at: Instant;
  readonly kind: 'rollout' | 'mitigation' | 'onset' | 'recovery';
  /** What happened, in our own words: `rollback`, `rollout`, `onset`. */
  readonly label: RolloutKind | MitigationKind | 'onset' | 'recovered' | 'ended';
  /** From outside. */
  readonly revision?: string;
  readonly image?: Image;
  readonly evidence?: EvidenceId;
  /** Index of the timeline row that tells it. */
  readonly row?: number;
}

/** How many of the wanted replicas were ready until the next point. */
export interface ReadyPoint {
  readonly at: Instant;
  readonly ready: number;
  readonly wanted?: number;
}

/** An incident as a picture: everything in it comes from a record, and the rows say which. */
export interface Swimlane {
  readonly from: Instant;
  readonly to: Instant;
  readonly onsetAt: Instant;
  readonly groups: readonly LaneGroup[];
  readonly lines: readonly Line[];
  readonly ready: readonly ReadyPoint[];
  readonly rows: readonly Entry[];
}
