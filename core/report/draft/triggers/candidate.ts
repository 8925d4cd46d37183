import type { Basis } from '../../../incident/vocabulary.ts';
import type { Inline } from '../../inline.ts';

/** Something that may have set the incident off: for people to confirm, reject or replace. */
export interface Candidate {
  readonly what: readonly Inline[];
  /** How long before which failure. */
  readonly distance: string;
  readonly basis: Basis;
  /** The rule by which it was found. */
  readonly rule: string;
  /** Each with its sources. */
  readonly supports: readonly (readonly Inline[])[];
  readonly contradicts: readonly (readonly Inline[])[];
  /** What no record shows and a judgement would need. */
  readonly missing: readonly string[];
}
