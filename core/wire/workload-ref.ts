import { z } from 'zod';
import { name, uid } from './limits.ts';

/** Kubernetes kinds are PascalCase words; custom owners may be anything. */
export const kind = z.string().min(1).max(63);

export const ownerRef = z.object({ kind, name, uid: uid.optional() });

/**
 * Who a pod belongs to. `kind`/`name` is the topmost controller (Deployment, not ReplicaSet; CronJob, not Job);
 * `chain` lists the owners between the pod and it, nearest first, the topmost included. A bare pod is its own workload.
 */
export const workloadRef = z.object({ kind, name, uid: uid.optional(), chain: z.array(ownerRef).max(8) });

export type OwnerRef = z.infer<typeof ownerRef>;
export type WorkloadRef = z.infer<typeof workloadRef>;
