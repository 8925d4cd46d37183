import type { Observation } from '../wire/observation.ts';
import type { RedactionCounts } from './redact.ts';
import { redactDraft } from './redact-draft.ts';

/** The same observation without the credentials in its texts, and how often each rule replaced something. The id stays. */
export function redactObservation(observation: Observation): { readonly observation: Observation; readonly counts: RedactionCounts } {
  const { draft, counts } = redactDraft(observation);
  const { id, observedAt, cluster } = observation;
  return { observation: { ...draft, id, observedAt, cluster }, counts };
}
