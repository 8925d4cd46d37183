import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

export interface EvidenceList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'EvidenceList';
  readonly items: readonly { readonly evidenceId: string; readonly observation: Observation }[];
}

const maxItems = 20;
/** Read before those of other clusters are left out. */
const maxFound = 1000;

/**
 * The records behind an evidence id, or behind a prefix of one with at least four digits; `EV-` may be left out.
 *
 * @throws {MortemError} `bad-input` for what cannot be one, `not-found` when none is in scope
 */
export async function explainEvidence(
  { store }: { readonly store: Pick<IncidentStore, 'evidence'> },
  scope: ReadScope,
  prefix: string,
): Promise<EvidenceList> {
  const digits = /^(?:EV-)?([0-9a-f]{4,16})$/i.exec(prefix)?.[1]?.toLowerCase();
  if (digits === undefined) {
    throw new MortemError('bad-input', 'An evidence id is EV- and 16 hexadecimal digits, of which the first four or more are enough.');
  }
  const found = await store.evidence(`EV-${digits}`, maxFound);
  const items = found.filter(({ observation }) => isInScope(scope, observation)).slice(0, maxItems);
  if (items.length === 0) throw new MortemError('not-found', `No record has an evidence id that starts with EV-${digits}.`);
  return { apiVersion: 'mortem.dev/v1', kind: 'EvidenceList', items };
}
