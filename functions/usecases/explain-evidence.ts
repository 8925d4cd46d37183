import { MortemError } from '#core/errors.ts';
import type { Chapter, Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { findCitingIncidents } from './find-citing-incidents.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

/** What a record says in an incident: the chapters it supports, each with the rule that read it so. */
export interface Citation {
  readonly incident: string;
  readonly chapters: readonly Pick<Chapter, 'symptom' | 'phase' | 'cause' | 'basis' | 'rule' | 'summary'>[];
  /** Paths of the server. */
  readonly links: { readonly page: string; readonly timeline: string; readonly draft: string };
}

export interface ExplainedRecord {
  readonly evidenceId: string;
  readonly observation: Observation;
  /** Absent when no rule made anything of it. */
  readonly citedBy?: Citation;
  /** Further incidents of a record that workloads share, as that of a node. */
  readonly alsoCitedBy?: readonly Citation[];
}

export interface EvidenceList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'EvidenceList';
  readonly items: readonly ExplainedRecord[];
}

const maxItems = 20;
/** Read before those of other clusters are left out. */
const maxFound = 1000;

/**
 * The records behind an evidence id, or behind a prefix of one with at least four digits, and what the rules made of them;
 * `EV-` may be left out.
 *
 * @throws {MortemError} `bad-input` for what cannot be one, `not-found` when none is in scope
 */
export async function explainEvidence(
  deps: { readonly store: Pick<IncidentStore, 'evidence' | 'incidentsNamed'> },
  scope: ReadScope,
  prefix: string,
): Promise<EvidenceList> {
  const digits = /^(?:EV-)?([0-9a-f]{4,16})$/i.exec(prefix)?.[1]?.toLowerCase();
  if (digits === undefined) {
    throw new MortemError('bad-input', 'An evidence id is EV- and 16 hexadecimal digits, of which the first four or more are enough.');
  }
  const found = await deps.store.evidence(`EV-${digits}`, maxFound);
  const items = found.filter(({ observation }) => isInScope(scope, observation)).slice(0, maxItems);
  if (items.length === 0) throw new MortemError('not-found', `No record has an evidence id that starts with EV-${digits}.`);
  const explained = items.map(async (item): Promise<ExplainedRecord> => {
    const incidents = await findCitingIncidents(deps, scope, item);
    const [citedBy, ...alsoCitedBy] = incidents.map((incident) => toCitation(incident, item.evidenceId));
    return { ...item, ...(citedBy === undefined ? {} : { citedBy }), ...(alsoCitedBy.length === 0 ? {} : { alsoCitedBy }) };
  });
  return { apiVersion: 'mortem.dev/v1', kind: 'EvidenceList', items: await Promise.all(explained) };
}

function toCitation({ id, chapters }: Incident, evidenceId: string): Citation {
  return {
    incident: id,
    chapters: chapters
      .filter(({ evidence }) => evidence.some((cited) => cited === evidenceId))
      .map(({ symptom, phase, cause, basis, rule, summary }) => ({ symptom, phase, cause, basis, rule, summary })),
    links: { page: `/incidents/${id}`, timeline: `/v1/incidents/${id}/timeline.md`, draft: `/v1/incidents/${id}/draft.md` },
  };
}
