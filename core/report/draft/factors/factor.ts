import type { Inline } from '../../inline.ts';

/** What can be done about something, verb first and bounded, for people to take or to leave. */
export interface Remedy {
  /** Equal for remedies that are the same work. */
  readonly key: string;
  readonly action: readonly Inline[];
  readonly type: 'prevent' | 'detect' | 'mitigate';
}

/** A fact of the spec or of the history that made the failure possible or worse, or may have. */
export interface Factor {
  /** With its sources. */
  readonly what: readonly Inline[];
  readonly remedy?: Remedy;
}
