import { z } from 'zod';
import { containerRole } from '../wire/container.ts';
import { imageSchema, workloadSchema } from './image-schema.ts';
import { memoryDeaths } from './memory-death.ts';

/** One death of one container instance. Times are RFC 3339 in UTC. */
export const terminationSchema = z.object({
  containerID: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  pod: z.string(),
  podUid: z.string(),
  container: z.string(),
  containerRole,
  image: imageSchema,
  revision: z.string().exactOptional(),
  revisionHash: z.string().exactOptional(),
  node: z.string().exactOptional(),
  exitCode: z.int(),
  signal: z.string().exactOptional().describe('SIGKILL, SIGTERM, …, where the exit code tells one'),
  reason: z.string().describe('The string Kubernetes shows'),
  expected: z.boolean().describe('The pod was stopped on purpose, or the work was done: no failure'),
  symptom: z.string().exactOptional(),
  cause: z.string().exactOptional(),
  memoryDeath: z.enum(memoryDeaths).exactOptional(),
  memoryLimit: z.string().exactOptional().describe('In force when it died, as written'),
  memoryRequest: z.string().exactOptional(),
  peakBytes: z.int().exactOptional().describe('Largest memory sample of this instance, where the cluster offers samples'),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string(),
  livedSeconds: z.int().exactOptional().describe('Time alive; absent when the process never ran'),
  incident: z.string().exactOptional(),
  evidence: z.string(),
  seenAt: z.string().describe('When a record first showed it'),
});

export type Termination = Readonly<z.infer<typeof terminationSchema>>;
