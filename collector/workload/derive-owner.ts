import type { OwnerRef } from '#core/wire/workload-ref.ts';
import { identifier, object, word } from '../trim/read-field.ts';

/**
 * What can be proved of an owner that cannot be read: a ReplicaSet named `<deployment>-<pod-template-hash>`, with that hash on
 * its pod, belongs to that Deployment. A Job named like a CronJob's proves nothing, people name Jobs so themselves.
 */
export function deriveOwner(pod: unknown, owner: OwnerRef): OwnerRef | undefined {
  if (owner.kind !== 'ReplicaSet') return undefined;
  const labels = object(object(object(pod).metadata).labels);
  const hash = word(labels['pod-template-hash'], 63);
  if (hash === undefined || !owner.name.endsWith(`-${hash}`)) return undefined;
  const name = identifier(owner.name.slice(0, -hash.length - 1), 253);
  return name === undefined ? undefined : { kind: 'Deployment', name };
}
