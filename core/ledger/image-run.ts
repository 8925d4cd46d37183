import { z } from 'zod';
import { containerRole } from '../wire/container.ts';
import { imageSchema, workloadSchema } from './image-schema.ts';

/** A stretch in which at least one pod of a workload ran one image in one container. Times are RFC 3339 in UTC. */
export const imageRunSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  container: z.string(),
  containerRole,
  image: imageSchema,
  revisionHash: z.string().exactOptional(),
  from: z.string(),
  until: z.string().exactOptional().describe('Absent while a pod of it is there'),
  pods: z.int().describe('Different pods in this stretch'),
  evidence: z.string(),
});

export type ImageRun = Readonly<z.infer<typeof imageRunSchema>>;
