import { parseSchedulerMessage } from './parse-scheduler-message.ts';
import type { SchedulerMessage } from './parse-scheduler-message.ts';
import { schedulerReasonPatterns } from './scheduler-reason.ts';
import type { SchedulerReason } from './scheduler-reason.ts';

export interface SchedulingFinding extends SchedulerReason {
  readonly kind: SchedulerMessage['kind'];
  readonly nodes?: number;
  /** The other reasons of the message, in its order. */
  readonly others: readonly SchedulerReason[];
  /** The request is larger than what any node offers: no eviction and no waiting helps. */
  readonly exceedsEveryNode?: true;
  /** The PersistentVolumeClaim that the text names. */
  readonly claim?: string;
}

const precedence = schedulerReasonPatterns.map(({ cause }) => cause);

function rank(reason: SchedulerReason): number {
  const position = precedence.indexOf(reason.cause);
  return position === -1 ? precedence.length : position;
}

/** More nodes first, then the order of the table, then the text: never the order in which the scheduler sorts. */
function byWeight(a: SchedulerReason, b: SchedulerReason): number {
  return (b.count ?? 0) - (a.count ?? 0) || rank(a) - rank(b) || (a.text < b.text ? -1 : 1);
}

/**
 * The reason to read first. Control-plane taints count only where nothing else is said: they keep nodes out on purpose.
 * A lack of resources is the answer when more than half of the remaining nodes have it, or when it is all there is.
 * Otherwise the reason of most nodes.
 */
function primaryReason(message: SchedulerMessage): SchedulerReason | undefined {
  const known = message.reasons.filter(({ cause }) => cause !== 'unexplained');
  const readable = known.length > 0 ? known : message.reasons;
  const chosen = readable.filter(({ taint }) => taint?.class !== 'control-plane');
  const candidates = chosen.length > 0 ? chosen : readable;
  const kept = candidates.reduce((sum, { count = 0 }) => sum + count, 0);
  const aside = readable.filter((reason) => !candidates.includes(reason)).reduce((sum, { count = 0 }) => sum + count, 0);
  const remaining = message.nodes === undefined ? kept : message.nodes - aside;
  const resources = candidates.filter(({ resource }) => resource !== undefined).toSorted(byWeight);
  const rest = candidates.filter(({ resource }) => resource === undefined).toSorted(byWeight);
  const scarce = resources[0];
  if (scarce !== undefined && (rest.length === 0 || (scarce.count ?? 0) * 2 > remaining)) return scarce;
  return rest[0];
}

/** Why the pod has no node, with one reason chosen deterministically and the others kept beside it. */
export function schedulingCause(text: string): SchedulingFinding | undefined {
  const message = parseSchedulerMessage(text);
  const primary = message === undefined ? undefined : primaryReason(message);
  if (message === undefined || primary === undefined) return undefined;
  const [, claim] = /persistentvolumeclaim "([^"]{1,253})"/.exec(primary.text) ?? [];
  const exceeds = primary.resource !== undefined && message.nodes !== undefined && message.preemption?.notHelpful === message.nodes;
  return {
    ...primary,
    kind: message.kind,
    ...(message.nodes !== undefined && { nodes: message.nodes }),
    others: message.reasons.filter((reason) => reason !== primary),
    ...(exceeds && { exceedsEveryNode: true as const }),
    ...(claim !== undefined && { claim }),
  };
}
