import { z } from 'zod';
import { incidentStatuses, symptoms } from '#core/incident/vocabulary.ts';
import type { IncidentQuery } from '#core/store-model.ts';
import { parseQuery } from './parse-query.ts';
import { parseWorkloadTarget } from './workload-target.ts';

const maxLimit = 1000;
const defaultLimit = 100;

const text = z.string().min(1).max(253).optional();

export const incidentQuery = z.strictObject({
  cluster: text.describe('Only this cluster'),
  namespace: text.describe('Only this namespace'),
  workload: z.string().max(320).optional().describe('Only this workload: deploy/api'),
  pod: text.describe('Only where this pod failed'),
  status: z.enum(incidentStatuses, { error: 'is open, recovered or ended' }).optional(),
  symptom: z.enum(symptoms, { error: 'is not one that mortem uses' }).optional(),
  text: text.describe(
    'Anywhere in names, images, causes and ids, whatever the case. A page looks at ten thousand incidents and may hold fewer than its limit: go on while there is a `next`',
  ),
  since: z.iso
    .datetime({ offset: true, error: 'is a time like 2026-05-03T14:00:00Z' })
    .optional()
    .describe('Incidents that were not over before'),
  cursor: z.string().max(2048).optional().describe('`next` of the page before'),
  limit: z.coerce.number({ error: 'is a number' }).int().min(1).max(maxLimit).default(defaultLimit),
});

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseIncidentQuery(parameters: Readonly<Record<string, string>>): IncidentQuery & { readonly cursor?: string } {
  const { since, workload, ...filters } = parseQuery(incidentQuery, parameters);
  return {
    ...withoutUndefined(filters),
    limit: filters.limit,
    ...(since === undefined ? {} : { since: Date.parse(since) }),
    ...(workload === undefined ? {} : { workload: parseWorkloadTarget(workload) }),
  };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const kept = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  // Only properties without a value are gone.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return kept as Defined<T>;
}
