import type { Logger } from '#core/ports.ts';
import type { OwnerRef, WorkloadRef } from '#core/wire/workload-ref.ts';
import { compact } from '../trim/compact.ts';
import { identifier, object } from '../trim/read-field.ts';
import { identityOf } from '../trim/trim-identity.ts';
import { climbOwners, workloadOf } from './climb-owners.ts';
import { controllerOf } from './controller-of.ts';
import { deriveOwner } from './derive-owner.ts';
import type { OwnerIndex } from './owner-index.ts';

/** The answer to a GET of an owner; `refused` covers 403 and 404, after which asking again is of no use for a while. */
export type OwnerAnswer =
  | { readonly kind: 'found'; readonly raw: unknown }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ResolverDependencies {
  readonly index: OwnerIndex;
  readonly getOwner: (owner: OwnerRef, namespace: string) => Promise<OwnerAnswer>;
  readonly logger: Logger;
}

/** Says which workload an object belongs to, asking the API only for owners the watches have not shown yet. */
export interface WorkloadResolver {
  /** Remembers a ReplicaSet or Job, so that its pods can be resolved. */
  learn(raw: unknown, objectKind: string): void;
  workloadOf(raw: unknown, objectKind: string): Promise<WorkloadRef>;
}

export function createWorkloadResolver({ index, getOwner, logger }: ResolverDependencies): WorkloadResolver {
  /** The pods of a ReplicaSet come together: one question is enough. */
  const asking = new Map<string, Promise<OwnerAnswer>>();

  async function ask(owner: OwnerRef & { uid: string }, namespace: string): Promise<OwnerAnswer> {
    const asked = asking.get(owner.uid) ?? getOwner(owner, namespace);
    asking.set(owner.uid, asked);
    try {
      return await asked;
    } finally {
      asking.delete(owner.uid);
    }
  }

  function learn(raw: unknown, kind: string): void {
    const identity = identityOf(raw);
    if (identity !== undefined) index.learn(identity.uid, compact({ kind, name: identity.name, owner: controllerOf(raw) }));
  }

  /** Learns the owner, or says what can be made of its name. */
  async function lookUp(owner: OwnerRef & { uid: string }, raw: unknown): Promise<'learned' | 'underivable' | OwnerRef> {
    const namespace = identifier(object(object(raw).metadata).namespace, 253) ?? '';
    const answer = await ask(owner, namespace);
    if (answer.kind === 'found' && identityOf(answer.raw)?.uid === owner.uid) {
      learn(answer.raw, owner.kind);
      return 'learned';
    }
    const derived = deriveOwner(raw, owner);
    if (answer.kind === 'failed') logger.warn('owner-not-read', { kind: owner.kind, name: owner.name, namespace, reason: answer.reason });
    // A failed request may succeed for the next pod; a refusal or another object of that name will not.
    else index.learn(owner.uid, compact({ kind: owner.kind, name: owner.name, owner: derived }));
    return derived ?? 'underivable';
  }

  async function workloadOfObject(raw: unknown, objectKind: string): Promise<WorkloadRef> {
    for (;;) {
      const climb = climbOwners(raw, objectKind, (uid) => index.find(uid));
      if (climb.kind === 'top') return climb.workload;
      const looked = await lookUp(climb.owner, raw);
      if (looked === 'learned') continue;
      const chain = looked === 'underivable' ? climb.chain : [...climb.chain, looked];
      return workloadOf(chain) ?? { kind: objectKind, name: climb.owner.name, chain: [] };
    }
  }

  return { learn, workloadOf: workloadOfObject };
}
