import { z } from 'zod';

/** A Kubernetes object name, namespace or label key: DNS-1123 plus room for what custom owners use. */
export const name = z.string().min(1).max(253);
export const uid = z.string().min(1).max(128);
export const resourceVersion = z.string().min(1).max(64);
/** containerd://… or cri-o://… with a 64 digit id. */
export const containerId = z.string().min(1).max(256);
/** `reason` fields: an open set, sometimes a whole error text. */
export const reason = z.string().max(1024);
/** `message` fields: the API truncates events to 1 KiB, pod conditions and terminations are longer. */
export const message = z.string().max(16_384);
export const imageRef = z.string().max(1024);
/** RFC 3339, as the API server and the collector write it. */
export const time = z.iso.datetime({ offset: true }).max(40);
export const count = z.number().int().min(0).max(1_000_000_000);
/** Exit codes are int32 on Windows (NTSTATUS), uint8 on Linux. */
export const exitCode = z.number().int().min(-2_147_483_648).max(4_294_967_295);

/** Small string maps: labels, resource quantities. */
export const stringMap = z
  .record(z.string().min(1).max(317), z.string().max(1024))
  .refine((map) => Object.keys(map).length <= 64, { error: 'more than 64 entries' });

/** Fields every observation has. `cluster` is what the sender believes; the credential decides. */
export const envelope = {
  id: z.string().regex(/^[0-9a-f]{64}$/),
  observedAt: time,
  cluster: name,
};
