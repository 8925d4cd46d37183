import { z } from 'zod';
import { symptoms } from '#core/incident/vocabulary.ts';
import { day, hour, minute, type Instant } from '#core/time/instant.ts';
import type { IncidentQuery } from '#core/store-model.ts';

/** How far back, as the form offers it; anything else is an RFC 3339 time. */
export const sinceChoices = [
  { value: '1h', label: 'last hour', ms: hour },
  { value: '24h', label: 'last 24 hours', ms: day },
  { value: '7d', label: 'last 7 days', ms: 7 * day },
  { value: '30d', label: 'last 30 days', ms: 30 * day },
  { value: '90d', label: 'last 90 days', ms: 90 * day },
] as const;

/** What the form holds, as it was typed: a wrong value is shown again beside what is wrong with it. */
export interface IncidentFilter {
  readonly cluster: string;
  readonly namespace: string;
  readonly status: string;
  readonly symptom: string;
  readonly since: string;
  readonly text: string;
}

export interface ParsedFilter {
  readonly filter: IncidentFilter;
  readonly query: IncidentQuery;
  /** A sentence for each field that was not understood, and is therefore ignored. */
  readonly faults: readonly string[];
}

const status = z.enum(['open', 'recovered', 'ended']);
const symptom = z.enum(symptoms);
const maxText = 253;

/** A form sends every field, also those left empty; an address somebody wrote by hand sends a few. */
export function parseIncidentFilter(parameters: Readonly<Record<string, string>>, now: Instant): ParsedFilter {
  const field = (name: keyof IncidentFilter) => (parameters[name] ?? '').trim().slice(0, maxText);
  const filter: IncidentFilter = {
    cluster: field('cluster'),
    namespace: field('namespace'),
    status: field('status'),
    symptom: field('symptom'),
    since: field('since'),
    text: field('text'),
  };
  const since = sinceOf(filter.since, now);
  const wantedStatus = status.safeParse(filter.status);
  const wantedSymptom = symptom.safeParse(filter.symptom);
  const faults = [
    ...(filter.since !== '' && since === undefined ? ['Since is a time like 2026-05-03T14:00:00Z, or a span like 24h or 7d.'] : []),
    ...(filter.status !== '' && !wantedStatus.success ? ['Status is open, recovered or ended.'] : []),
    ...(filter.symptom !== '' && !wantedSymptom.success ? ['This symptom is not one that mortem uses.'] : []),
  ];
  return {
    filter,
    faults,
    query: {
      ...(filter.cluster === '' ? {} : { cluster: filter.cluster }),
      ...(filter.namespace === '' ? {} : { namespace: filter.namespace }),
      ...(filter.text === '' ? {} : { text: filter.text }),
      ...(wantedStatus.success ? { status: wantedStatus.data } : {}),
      ...(wantedSymptom.success ? { symptom: wantedSymptom.data } : {}),
      ...(since === undefined ? {} : { since }),
    },
  };
}

const unitMs: Readonly<Record<string, number>> = { m: minute, h: hour, d: day, w: 7 * day };

function sinceOf(text: string, now: Instant): Instant | undefined {
  const span = /^(\d{1,5})([mhdw])$/.exec(text);
  if (span !== null) return now - Number(span[1]) * (unitMs[span[2] ?? ''] ?? 0);
  const time = z.iso.datetime({ offset: true }).safeParse(text);
  return time.success ? Date.parse(time.data) : undefined;
}
