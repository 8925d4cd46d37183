import { z } from 'zod';
import { parseImageSelector } from '#core/audit/image-selector.ts';
import { rolloutKinds } from '#core/ledger/rollout-record.ts';
import { trendBuckets, trendGroupings } from '#core/trends/trend.ts';
import { parseWorkloadTarget } from './workload-target.ts';

const lengths: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const spanPattern = /^(\d{1,6})([smhdw])$/;
const timeError = 'is a time like 2026-05-03T14:00:00Z';

const name = z.string().min(1).max(253).optional();
/** RFC 3339, and without seconds, as people write it. */
const time = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], { error: timeError }).optional();
const limit = (most: number, usual: number) =>
  z.coerce.number({ error: 'is a number' }).int().min(1, `is 1 to ${most}`).max(most, `is 1 to ${most}`).default(usual);

const place = {
  cluster: name.describe('Only this cluster'),
  namespace: name.describe('Only this namespace'),
  workload: z.string().max(320).optional().describe('Only this workload: deploy/api'),
};
const page = { cursor: z.string().max(2048).optional().describe('`next` of the page before') };
const image = { image: z.string().min(1).max(1200).optional().describe('REPO[:TAG][@DIGEST] or sha256:…; the digest counts first') };
const span = {
  since: z
    .string()
    .max(40)
    .refine((text) => spanPattern.test(text) || time.safeParse(text).success, {
      error: 'is a length like 90d, or a time like 2026-05-03T14:00:00Z',
    })
    .optional()
    .describe('A time, or a length like 90d that is counted back from the latest data time'),
  until: time.describe('Default: the latest data time'),
};

export const trendQuery = z.strictObject({
  ...place,
  ...span,
  ...page,
  by: z.enum(trendGroupings, { error: `is one of ${trendGroupings.join(', ')}` }).default('workload'),
  bucket: z.enum(trendBuckets, { error: `is one of ${trendBuckets.join(', ')}` }).default('1d'),
  limit: limit(100, 20).describe('Groups on a page'),
});

export const auditQuery = z.strictObject({ ...place, ...image, ...span, ...page, limit: limit(100, 20).describe('Workloads on a page') });

export const terminationQuery = z.strictObject({
  ...place,
  ...image,
  ...span,
  ...page,
  pod: name,
  node: name,
  of: z
    .enum(['oomkilled', 'memory', 'restarts'], { error: 'is oomkilled, memory or restarts' })
    .optional()
    .describe('Only what the trend of that name counts'),
  limit: limit(1000, 100),
});

export const rolloutQuery = z.strictObject({
  ...place,
  ...image,
  ...span,
  ...page,
  kind: z.enum(rolloutKinds, { error: `is one of ${rolloutKinds.join(', ')}` }).optional(),
  limit: limit(1000, 100),
});

export const imageQuery = z.strictObject({ ...place, ...image, at: time.describe('Default: the latest data time') });

export const annotationQuery = z.strictObject({
  ...place,
  from: z.coerce.number({ error: 'is epoch milliseconds' }).int().optional().describe('Epoch milliseconds, as Grafana sends them'),
  to: z.coerce.number({ error: 'is epoch milliseconds' }).int().optional(),
  limit: limit(1000, 200),
});

interface Filters {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  readonly image?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
}

/** The parameters that most lists share, as the use cases take them; what is absent stays absent. */
export function toFilters({ cluster, namespace, workload, image: text, since, until, cursor }: Filters) {
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(workload === undefined ? {} : { workload: parseWorkloadTarget(workload) }),
    ...(text === undefined ? {} : { image: parseImageSelector(text) }),
    ...(since === undefined ? {} : toBeginning(since)),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function toBeginning(since: string): { readonly since: number } | { readonly last: number } {
  const [, amount, unit = ''] = spanPattern.exec(since) ?? [];
  return amount === undefined ? { since: Date.parse(since) } : { last: Number(amount) * (lengths[unit] ?? 0) };
}
