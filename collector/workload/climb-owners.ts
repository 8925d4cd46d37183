import type { OwnerRef, WorkloadRef } from '#core/wire/workload-ref.ts';
import { compact } from '../trim/compact.ts';
import { identityOf } from '../trim/trim-identity.ts';
import { controllerOf } from './controller-of.ts';
import type { KnownOwner } from './owner-index.ts';

/** The chain of an object is known to its top, or it stops at an owner that nobody has seen yet. */
export type Climb =
  | { readonly kind: 'top'; readonly workload: WorkloadRef }
  | { readonly kind: 'unknown'; readonly owner: OwnerRef & { readonly uid: string }; readonly chain: readonly OwnerRef[] };

/**
 * Kinds with a controller of their own. Everything else is a top: Deployments too where an operator owns them, for one custom
 * resource may own several Deployments that fail for different reasons.
 */
const climbable = new Set(['ReplicaSet', 'Job']);
/** Mirror pods of a node's static pods are owned by the Node, which is no workload. */
const notWorkloads = new Set(['Node']);
const longestChain = 8;

/** Climbs from an object of kind `objectKind` to the topmost controller; `find` knows owners by uid. */
export function climbOwners(raw: unknown, objectKind: string, find: (uid: string) => KnownOwner | undefined): Climb {
  const identity = identityOf(raw);
  const itself: WorkloadRef = { kind: objectKind, name: identity?.name ?? '', ...(identity && { uid: identity.uid }), chain: [] };
  if (objectKind !== 'Pod' && !climbable.has(objectKind)) return { kind: 'top', workload: itself };
  const chain: OwnerRef[] = [];
  let next = controllerOf(raw);
  while (next !== undefined && !notWorkloads.has(next.kind) && chain.length < longestChain) {
    chain.push(next);
    if (!climbable.has(next.kind) || next.uid === undefined) break;
    const known = find(next.uid);
    if (known === undefined) return { kind: 'unknown', owner: { ...next, uid: next.uid }, chain };
    next = known.owner;
  }
  return { kind: 'top', workload: workloadOf(chain) ?? itself };
}

/** The last of a chain is the workload; undefined for an empty chain. */
export function workloadOf(chain: readonly OwnerRef[]): WorkloadRef | undefined {
  const top = chain.at(-1);
  return top === undefined ? undefined : { ...compact({ kind: top.kind, name: top.name, uid: top.uid }), chain: [...chain] };
}
