import { plainMessage } from './plain-message.ts';
import { schedulerReason } from './scheduler-reason.ts';
import type { SchedulerReason } from './scheduler-reason.ts';

/** What the scheduler says of evicting others to make room. */
export interface PreemptionVerdict {
  readonly text: string;
  /** Nodes that no eviction would open to this pod. */
  readonly notHelpful: number;
  /** Nodes that would do, but hold nobody of lower priority. */
  readonly noVictims: number;
}

/**
 * `filter`: counted reasons per node. A node can give several, so the counts are no partition of `nodes`.
 * `prefilter`: one reason for the pod as a whole. `other`: not the scheduler's grammar.
 */
export interface SchedulerMessage {
  readonly kind: 'filter' | 'prefilter' | 'other';
  readonly nodes?: number;
  readonly reasons: readonly SchedulerReason[];
  readonly preemption?: PreemptionVerdict;
  /** The text was cut off, so reasons may be missing. */
  readonly truncated?: true;
}

const prefix = /^\d{1,6}\/(\d{1,6}) nodes are available: /;
const oldestPrefix = /^No nodes are available that match all of the (?:following predicates|predicates):{1,2} /;
const counted = /^(\d{1,6}) (.{1,4096})$/s;
const autoscaler = /^pod didn't trigger scale-up(?: \([^)]{1,200}\))?: ?/;

/** Splits at `, ` only where a count follows: the oldest taint text has a comma of its own. */
function splitItems(body: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  for (let comma = body.indexOf(', '); comma !== -1; comma = body.indexOf(', ', comma + 2)) {
    if (!/^\d{1,6} /.test(body.slice(comma + 2, comma + 9))) continue;
    items.push(body.slice(start, comma));
    start = comma + 2;
  }
  return [...items, body.slice(start)];
}

/** Cuts what other plugins append after the first sentence, and the full stop. */
function firstSentence(text: string): string {
  const end = text.indexOf('. ');
  return (end === -1 ? text : text.slice(0, end)).replace(/[. ]{1,3}$/, '');
}

function readItems(body: string): readonly SchedulerReason[] {
  const items = splitItems(body);
  return items.map((item, index) => {
    const [, count, text = item] = counted.exec(item.trim()) ?? [];
    return schedulerReason(index === items.length - 1 ? firstSentence(text) : text, count === undefined ? undefined : Number(count));
  });
}

function readPreemption(text: string): PreemptionVerdict {
  const items = splitItems(text.replace(prefix, ''));
  const count = (reason: RegExp): number =>
    items.filter((item) => reason.test(item)).reduce((sum, item) => sum + Number(counted.exec(item.trim())?.[1] ?? 0), 0);
  return {
    text: text.trim(),
    notHelpful: count(/Preemption is not helpful for scheduling/),
    noVictims: count(/No preemption victims found/),
  };
}

/** `reason (count), reason (count).` of Kubernetes before 1.9. */
function readOldest(body: string): SchedulerMessage {
  const items = [...firstSentence(body).matchAll(/([^(),][^(),]{0,253}) \((\d{1,6})\)/g)];
  return { kind: 'filter', reasons: items.map(([, text = '', count]) => schedulerReason(text.trim(), Number(count))) };
}

/** Texts around scheduling that do not follow the grammar, with the cause each stands for. */
export const otherSchedulingTexts: readonly { readonly cause: string; readonly pattern: RegExp }[] = [
  { cause: 'no-nodes', pattern: /no nodes available to schedule pods/ },
  { cause: 'scheduling-gated', pattern: /waiting for scheduling gates|due to non-empty scheduling gates/ },
  { cause: 'gang-waiting', pattern: /waiting for minCount pods from a gang/ },
  { cause: 'volume-binding-timeout', pattern: /running PreBind plugin "?VolumeBinding"?|binding volumes: / },
  { cause: 'pvc-unbound', pattern: /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "[^"]{1,253}" bound to non-existent/ },
  { cause: 'pvc-missing', pattern: /persistentvolumeclaim "[^"]{1,253}" (?:not found|is being deleted)/ },
  {
    cause: 'insufficient-resources',
    pattern: /no instance type (?:satisfied|has enough|which had enough)|exceed limits? for (?:nodepool|provisioner)/,
  },
  { cause: 'taint', pattern: /did not tolerate / },
  { cause: 'topology-spread', pattern: /unsatisfiable topology constraint/ },
  {
    cause: 'node-selector',
    pattern: /incompatible requirements|incompatible with (?:nodepool|provisioner)|did not match (?:any|node) ?selector/,
  },
];

function readOther(text: string): SchedulerMessage | undefined {
  if (autoscaler.test(text)) {
    const body = text.replace(autoscaler, '');
    return { kind: 'other', reasons: body === '' ? [] : readItems(body) };
  }
  const found = otherSchedulingTexts.find(({ pattern }) => pattern.test(text));
  return found === undefined ? undefined : { kind: 'other', reasons: [{ text: text.trim(), cause: found.cause }] };
}

/**
 * Reads the message of `PodScheduled=False` or of a `FailedScheduling` event. `undefined` where it says nothing about
 * scheduling, as the harmless `skip schedule deleting pod`.
 */
export function parseSchedulerMessage(message: string): SchedulerMessage | undefined {
  const text = plainMessage(message).trim();
  const truncated = text.endsWith(' ...') ? { truncated: true as const } : {};
  if (oldestPrefix.test(text)) return readOldest(text.replace(oldestPrefix, ''));
  const [head, total] = prefix.exec(text) ?? [];
  if (head === undefined) return readOther(text);
  const body = text.slice(head.length).replace(/ \.\.\.$/, '');
  const cut = body.indexOf('preemption: ');
  const reasonsText = (cut === -1 ? body : body.slice(0, cut)).trim();
  const preemption = cut === -1 ? {} : { preemption: readPreemption(body.slice(cut + 'preemption: '.length)) };
  const common = { nodes: Number(total), ...preemption, ...truncated };
  if (/^\d/.test(reasonsText)) return { kind: 'filter', reasons: readItems(reasonsText), ...common };
  return { kind: 'prefilter', reasons: [schedulerReason(firstSentence(reasonsText))], ...common };
}
