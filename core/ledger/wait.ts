import { z } from 'zod';
import { imageSchema, workloadSchema } from './image-schema.ts';

/** What kept a pod from running: of these, `mortem trends image-pull` and `mortem trends pending` count the beginnings. */
export const waitKinds = ['image-pull', 'pending', 'other'] as const;
export type WaitKind = (typeof waitKinds)[number];

/** One stretch of one pod, or of the workload as a whole, that failed without a death. Times are RFC 3339 in UTC. */
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
});

export type Wait = Readonly<z.infer<typeof waitSchema>>;
