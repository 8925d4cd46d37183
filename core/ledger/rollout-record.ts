import { z } from 'zod';
import { containerRole } from '../wire/container.ts';
import { imageSchema, workloadSchema } from './image-schema.ts';

export const rolloutKinds = ['rollout', 'rollback', 'retag', 'same-digest-retag'] as const;

/** How a revision came about, as far as its controller tells. */
export const mechanismSchema = z.object({
  kind: z
    .enum(['first-seen', 'new-template', 'same-template', 'gitops'])
    .describe(
      'same-template: the very template that ran before came back, as "kubectl rollout undo" does; gitops: the controller is annotated by a GitOps tool',
    ),
  tool: z.string().exactOptional(),
  gitRevision: z.string().exactOptional(),
  helmChart: z.string().exactOptional(),
  changeCause: z.string().exactOptional(),
});

/** One symptom of one container on the pods of one rollout. */
export const failureSchema = z.object({
  symptom: z.string(),
  cause: z.string(),
  container: z.string().exactOptional(),
  deaths: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  endedAt: z
    .string()
    .exactOptional()
    .describe(
      'When the condition was over by itself, its pods living on; absent while it lasts, where only the removal of its pods ended it, and for deaths, which have no end',
    ),
  incident: z.string().exactOptional(),
  evidence: z.string(),
});

/** One container of one revision of a workload: what it was to run, and what happened on it. Times are RFC 3339 in UTC. */
export const rolloutRecordSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  container: z.string(),
  containerRole,
  at: z.string(),
  kind: z.enum(rolloutKinds),
  mechanism: mechanismSchema,
  revision: z.string().exactOptional(),
  revisionHash: z.string().exactOptional(),
  of: z.string().exactOptional().describe('For a rollback: the revision whose artefact came back'),
  from: imageSchema.exactOptional(),
  to: imageSchema,
  memoryLimitFrom: z.string().exactOptional(),
  memoryLimit: z.string().exactOptional(),
  memoryRequest: z.string().exactOptional(),
  started: z.boolean().describe('An instance of this container ran on this rollout'),
  failures: z.array(failureSchema).readonly(),
  evidence: z.string(),
  seenAt: z.string().describe('When a record first showed it'),
});

export type Mechanism = Readonly<z.infer<typeof mechanismSchema>>;
export type Failure = Readonly<z.infer<typeof failureSchema>>;
export type RolloutRecord = Readonly<z.infer<typeof rolloutRecordSchema>>;
