import { z } from 'zod';
import { containerRole } from '../wire/container.ts';
import { imageSchema, workloadSchema } from './image-schema.ts';

/** The life of one container of one pod on one image, from its first start to the end of the pod. Times are RFC 3339 in UTC. */
export const podRunSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  pod: z.string(),
  podUid: z.string(),
  container: z.string(),
  containerRole,
  image: imageSchema,
  revisionHash: z.string().exactOptional(),
  node: z.string().exactOptional(),
  from: z.string(),
  seenAt: z.string().describe('Last record of the pod'),
  until: z.string().exactOptional().describe('Absent while the pod is there'),
});

export type PodRun = Readonly<z.infer<typeof podRunSchema>>;
