import type { Instant } from '#core/time/instant.ts';

/** What every page knows of the request it answers. */
export interface View {
  /** Server's clock: only for "3 h ago", never in a document. */
  readonly now: Instant;
  /** The reader came by a session, and can leave it. */
  readonly signedIn: boolean;
}

export type Section = 'incidents' | 'trends' | 'images' | 'status';
