import type { OwnerRef } from '#core/wire/workload-ref.ts';
import { compact } from '../trim/compact.ts';
import { identifier, object, objects } from '../trim/read-field.ts';

/** The owner that controls an object; other owners only delay its deletion. */
export function controllerOf(raw: unknown): OwnerRef | undefined {
  const owners = objects(object(object(raw).metadata).ownerReferences, 64);
  const owner = owners.find((reference) => reference.controller === true);
  const kind = identifier(owner?.kind, 63);
  const name = identifier(owner?.name, 253);
  return kind === undefined || name === undefined ? undefined : compact({ kind, name, uid: identifier(owner?.uid, 128) });
}
