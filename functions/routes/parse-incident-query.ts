import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import type { IncidentQuery } from '#core/store-model.ts';
import { parseWorkloadTarget } from './workload-target.ts';

const maxLimit = 1000;
const defaultLimit = 100;

const text = z.string().min(1).max(253).optional();
const query = z.object({
  cluster: text,
  namespace: text,
  workload: z.string().max(320).optional(),
  pod: text,
  status: z.enum(['open', 'recovered', 'ended'], { error: 'is open, recovered or ended' }).optional(),
  since: z.iso.datetime({ offset: true, error: 'is a time like 2026-05-03T14:00:00Z' }).optional(),
  limit: z.coerce.number({ error: 'is a number' }).int().min(1).max(maxLimit).default(defaultLimit),
});

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseIncidentQuery(parameters: Readonly<Record<string, string>>): IncidentQuery {
  const parsed = query.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MortemError(
      'usage',
      `The query parameter "${issue?.path.join('.') ?? ''}" is not right: ${issue?.message ?? 'see the documentation'}.`,
    );
  }
  const { since, workload, cluster, namespace, pod, status, limit } = parsed.data;
  return {
    limit,
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(pod === undefined ? {} : { pod }),
    ...(status === undefined ? {} : { status }),
    ...(since === undefined ? {} : { since: Date.parse(since) }),
    ...(workload === undefined ? {} : { workload: parseWorkloadTarget(workload) }),
  };
}
