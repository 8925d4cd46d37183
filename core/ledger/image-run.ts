import { z } from 'zod';
import { containerRole } from '../wire/container.ts';
import { imageSchema, workloadSchema } from './image-schema.ts';

/** What one container of a workload ran at a moment. Times are RFC 3339 in UTC. */
export const imageRunSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  container: z.string(),
  containerRole,
  image: imageSchema,
  pods: z.int().describe('Pods that ran it at that moment'),
  from: z.string().describe('Start of the oldest of them'),
});

export type ImageRun = Readonly<z.infer<typeof imageRunSchema>>;
