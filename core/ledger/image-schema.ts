import { z } from 'zod';

export const imageSchema = z.object({
  ref: z.string().describe('As the pod spec writes it'),
  tag: z.string().exactOptional(),
  digest: z.string().exactOptional().describe('sha256:… of the manifest that really ran; absent while none was pulled'),
});

export const workloadSchema = z.object({ kind: z.string(), name: z.string() }).describe('The topmost controller');
