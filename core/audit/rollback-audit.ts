import { z } from 'zod';
import { imageSchema } from '../ledger/image-schema.ts';
import { failureSchema, rolloutRecordSchema } from '../ledger/rollout-record.ts';

/** What became of the symptoms of a rollout when another one replaced it. */
export const verdicts = ['ended', 'returned', 'continued'] as const;
export type Verdict = (typeof verdicts)[number];

const replacementSchema = z.object({
  at: z.string(),
  kind: rolloutRecordSchema.shape.kind,
  image: imageSchema,
  revision: z.string().exactOptional(),
  evidence: z.string(),
  verdict: z
    .enum(verdicts)
    .exactOptional()
    .describe(
      'ended: not seen again on the replacement; returned: over, and seen again there after an hour or more; continued: sooner. Absent when nothing had failed, and when all that had was over by itself before the replacement (endedAt of the failures) and was not seen again',
    ),
  symptoms: z.array(z.string()).readonly().exactOptional().describe('Those that the verdict is about'),
  quietSeconds: z
    .int()
    .exactOptional()
    .describe('From the replacement to the next failure of that symptom, to the next rollout, or to the end of the data'),
  quietUntil: z.enum(['symptom', 'next-rollout', 'data-end']).exactOptional(),
});

/** One rollout with what happened on it and what replaced it. Times are RFC 3339 in UTC. */
export const auditedRolloutSchema = rolloutRecordSchema.extend({
  matched: z.boolean().describe('It is what was asked for; the others are its neighbours'),
  livedSeconds: z.int(),
  current: z.boolean().describe('Nothing has replaced it'),
  firstFailureAfterSeconds: z.int().exactOptional(),
  failures: z.array(failureSchema).readonly(),
  incidents: z.array(z.string()).readonly(),
  replacedBy: replacementSchema.exactOptional(),
  summary: z.string().describe('One sentence: what happened on it, what replaced it, and whether that helped'),
});

const tagSightingSchema = z.object({
  digest: z.string(),
  firstAt: z.string(),
  lastAt: z.string().exactOptional().describe('Absent while it runs'),
  clusters: z.array(z.string()).readonly(),
});

/** One reference that meant two artefacts. */
export const movedTagSchema = z.object({
  repository: z.string(),
  tag: z.string(),
  digests: z.array(tagSightingSchema).readonly().describe('In the order in which they were first seen'),
});

/** One artefact that failed in more than one cluster. */
export const failedDigestSchema = z.object({
  repository: z.string(),
  digest: z.string(),
  tags: z.array(z.string()).readonly(),
  clusters: z.array(z.object({ cluster: z.string(), symptoms: z.array(z.string()).readonly(), deaths: z.int() })).readonly(),
});

/** The JSON of `mortem audit rollbacks`. */
export const rollbackAuditSchema = z.object({
  apiVersion: z.literal('mortem.dev/v1'),
  kind: z.literal('RollbackAudit'),
  matchedBy: z.enum(['digest', 'tag', 'repository', 'workload', 'everything']),
  note: z.string().exactOptional().describe('What the kind of match leaves open'),
  through: z.string().describe('Latest data time: "current" and "ended" hold until then'),
  items: z.array(auditedRolloutSchema).readonly().describe('By workload and container, oldest first'),
  movedTags: z.array(movedTagSchema).readonly(),
  failedDigests: z.array(failedDigestSchema).readonly(),
  next: z.string().exactOptional().describe('Cursor of the next page'),
});

export type Replacement = Readonly<z.infer<typeof replacementSchema>>;
export type AuditedRollout = Readonly<z.infer<typeof auditedRolloutSchema>>;
export type MovedTag = Readonly<z.infer<typeof movedTagSchema>>;
export type FailedDigest = Readonly<z.infer<typeof failedDigestSchema>>;
export type RollbackAudit = Readonly<z.infer<typeof rollbackAuditSchema>>;
