import { z } from 'zod';
import { imageSchema, workloadSchema } from '../ledger/image-schema.ts';
import { rolloutKinds } from '../ledger/rollout-record.ts';

/**
 * `oomkilled`: deaths that Kubernetes calls so. `memory`: these and every other memory death, suspected ones and evictions too.
 * `restarts`: every unexpected death.
 */
export const trendSubjects = ['oomkilled', 'memory', 'restarts', 'image-pull', 'pending'] as const;
export const trendGroupings = ['workload', 'container', 'image', 'namespace', 'node', 'cluster'] as const;
export const trendBuckets = ['1h', '1d', '1w'] as const;
/** In the order in which groups are shown. */
export const trendChanges = ['new', 'worsening', 'steady', 'improving', 'ended'] as const;

export type TrendSubject = (typeof trendSubjects)[number];
export type TrendGrouping = (typeof trendGroupings)[number];
export type TrendBucket = (typeof trendBuckets)[number];
export type TrendChange = (typeof trendChanges)[number];

const rateSchema = z.object({
  count: z.int(),
  days: z.number().describe('Length of the stretch that was looked at'),
  perDay: z.number(),
});

/** A rollout or a change of the limit, with what was counted on either side of it. */
export const trendMarkerSchema = z.object({
  at: z.string(),
  kind: z.enum([...rolloutKinds, 'limit-change']).describe('limit-change: the images stayed as they were'),
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  container: z.string(),
  revision: z.string().exactOptional(),
  fromImage: imageSchema.exactOptional(),
  toImage: imageSchema,
  fromLimit: z.string().exactOptional(),
  toLimit: z.string().exactOptional(),
  before: rateSchema,
  after: rateSchema,
  summary: z.string().describe('512Mi → 768Mi on 3 May: 14 a day before, 0 in the 21 days after'),
  evidence: z.string(),
});

const limitInForceSchema = z.object({
  limit: z.string().exactOptional().describe('Absent where none was set'),
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
});

export const trendGroupSchema = z.object({
  key: z.string().describe('What -o name prints: unique within the answer'),
  cluster: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
  workload: workloadSchema.exactOptional(),
  container: z.string().exactOptional(),
  image: imageSchema.exactOptional(),
  node: z.string().exactOptional(),
  change: z.enum(trendChanges).describe('Second half of the window against the first'),
  total: z.int(),
  counts: z.array(z.int()).readonly().describe('One number for each of the buckets'),
  firstAt: z.string(),
  lastAt: z.string(),
  perReplicaDay: z.number().exactOptional().describe('Count by days of pod lifetime, at least one; absent by node, namespace and cluster'),
  livedSeconds: z
    .object({ median: z.number(), p90: z.number(), known: z.int() })
    .exactOptional()
    .describe('Time alive before the death; for image-pull and pending the time waited'),
  kinds: z.record(z.string(), z.int()).describe('By kind of memory death for oomkilled and memory, by cause otherwise'),
  limits: z.array(limitInForceSchema).readonly().describe('Memory limits in force when it happened, oldest first'),
  markers: z.array(trendMarkerSchema).readonly(),
});

/** The JSON of `mortem trends`. Times are RFC 3339 in UTC. */
export const trendSchema = z.object({
  apiVersion: z.literal('mortem.dev/v1'),
  kind: z.literal('Trend'),
  of: z.enum(trendSubjects),
  by: z.enum(trendGroupings),
  bucket: z.enum(trendBuckets),
  since: z.string().describe('Beginning of the first bucket'),
  until: z.string().describe('End of the last bucket'),
  through: z.string().describe('Latest data time; the beginning of 1970 while nothing was ever stored'),
  buckets: z.array(z.string()).readonly().describe('Their beginnings; weeks begin on Monday'),
  total: z.int().describe('Over all groups, also those on other pages'),
  groups: z.int().describe('How many there are in all'),
  items: z.array(trendGroupSchema).readonly(),
  next: z.string().exactOptional().describe('Cursor of the next page'),
});

export type TrendMarker = Readonly<z.infer<typeof trendMarkerSchema>>;
export type TrendGroup = Readonly<z.infer<typeof trendGroupSchema>>;
export type Trend = Readonly<z.infer<typeof trendSchema>>;
