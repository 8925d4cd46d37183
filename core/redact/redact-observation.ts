import type { Observation } from '../wire/observation.ts';
import type { RedactionCounts } from './redact.ts';
import { redactDraft } from './redact-draft.ts';
import { redactKnown } from './redact-known.ts';

/**
 * The same observation without the credentials in its texts, and how often each rule replaced something. The id stays. The same object
 * where there was nothing to replace.
 */
export function redactObservation(observation: Observation): { readonly observation: Observation; readonly counts: RedactionCounts } {
  const { draft, counts } = redactDraft(observation, redactKnown);
  if (draft === observation) return { observation, counts };
  const { id, observedAt, cluster } = observation;
  return { observation: { ...draft, id, observedAt, cluster }, counts };
}
