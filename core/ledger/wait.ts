import { z } from 'zod';
import { imageSchema, workloadSchema } from './image-schema.ts';

/** What kept a pod from running: `mortem trends image-pull` and `mortem trends pending` count the beginnings. */
export const waitKinds = ['image-pull', 'pending'] as const;
export type WaitKind = (typeof waitKinds)[number];

/** One stretch in which one pod could not run. Times are RFC 3339 in UTC. */
export const waitSchema = z.object({
  kind: z.enum(waitKinds),
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  pod: z.string().exactOptional(),
  container: z.string().exactOptional(),
  image: imageSchema.exactOptional(),
  revisionHash: z.string().exactOptional(),
  node: z.string().exactOptional(),
  symptom: z.string(),
  cause: z.string(),
  from: z.string(),
  until: z.string().exactOptional().describe('Absent while it lasts'),
  incident: z.string().exactOptional(),
  evidence: z.string(),
  seenAt: z.string().describe('When a record last showed it'),
});

export type Wait = Readonly<z.infer<typeof waitSchema>>;
