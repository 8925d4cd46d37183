import type { NodeObservation } from '#core/wire/node.ts';
import type { Draft } from '#core/wire/observation.ts';
import { compact } from './compact.ts';
import { flag, object, objects, text, textMap, word } from './read-field.ts';
import { trimConditions } from './trim-condition.ts';
import { identityOf } from './trim-identity.ts';

/** A Node, without addresses and heartbeats. Undefined when name or uid are unusable. */
export function trimNode(raw: unknown): Draft<NodeObservation> | undefined {
  const identity = identityOf(raw);
  if (identity === undefined) return undefined;
  const { name, uid, resourceVersion } = identity;
  const spec = object(object(raw).spec);
  const status = object(object(raw).status);
  const info = object(status.nodeInfo);
  return {
    kind: 'node',
    name,
    uid,
    resourceVersion,
    ...compact({
      unschedulable: flag(spec.unschedulable),
      taints: trimTaints(spec.taints),
      allocatable: textMap(status.allocatable),
      os: word(info.operatingSystem, 63),
      architecture: word(info.architecture, 63),
      bootId: word(info.bootID, 128),
    }),
    conditions: trimConditions(status.conditions),
  };
}

function trimTaints(value: unknown): NodeObservation['taints'] {
  const taints = objects(value, 64).flatMap((taint) => {
    const key = word(taint.key, 317);
    return key === undefined ? [] : [compact({ key, value: word(taint.value, 253), effect: text(taint.effect, 32) ?? '' })];
  });
  return taints.length === 0 ? undefined : taints;
}
