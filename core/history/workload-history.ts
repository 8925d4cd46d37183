import { second, type Instant } from '../time/instant.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { CoverageObservation } from '../wire/coverage.ts';
import type { EventObservation } from '../wire/event.ts';
import type { LogObservation } from '../wire/log.ts';
import type { NodeObservation } from '../wire/node.ts';
import { hashText, type HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';
import type { UsageObservation } from '../wire/usage.ts';
import { byKind } from './by-kind.ts';
import { byFirstTime, toEventRecords, type EventRecord } from './event-record.ts';
import { logKey } from './log-of.ts';
import { isManifestHash } from './manifest-hash.ts';
import { mergeById } from './merge-by-id.ts';
import { toOwnerHistory, type OwnerHistory } from './owner-history.ts';
import { toPodHistory, type PodHistory } from './pod-history.ts';

/** Everything known of one workload, in time order: what rules and documents read. */
export interface WorkloadHistory {
  readonly key: WorkloadKey;
  /** Latest data time of the cluster. The past is judged from here, never from a wall clock. */
  readonly now: Instant;
  /** A single look at a cluster: durations that began before it count as passed. */
  readonly snapshot: boolean;
  readonly pods: readonly PodHistory[];
  readonly podsByUid: ReadonlyMap<string, PodHistory>;
  /** The topmost controller itself, where it was seen. */
  readonly top?: OwnerHistory;
  /** Controllers between the top and the pods: ReplicaSets, Jobs of a CronJob. */
  readonly owners: readonly OwnerHistory[];
  readonly logs: ReadonlyMap<string, LogObservation>;
  readonly usage: readonly UsageObservation[];
  readonly nodes: readonly NodeObservation[];
  /** Events about nodes, claims and whatever else is neither pod nor owner. */
  readonly otherEvents: readonly EventRecord[];
  /** Those of them that are about nodes. */
  readonly nodeEvents: readonly EventRecord[];
  readonly coverage: readonly CoverageObservation[];
  /** The distinct observations all this was made from. */
  readonly observations: readonly Observation[];
  /** What names evidence and incidents. */
  readonly hash: HashText;
}

export interface HistoryInput {
  readonly key: WorkloadKey;
  readonly observations: readonly Observation[];
  readonly now: Instant;
  readonly snapshot?: boolean;
  readonly hash?: HashText;
}

export function toWorkloadHistory({ key, observations, now, snapshot = false, hash = hashText }: HistoryInput): WorkloadHistory {
  const distinct = mergeById(observations);
  const { pod: podStates, event: events, log, usage, workload, node, coverage } = byKind(distinct);
  const eventsOf = eventIndex(events, hash);
  const pods = [...Map.groupBy(podStates, (pod) => pod.uid)].map(([uid, states]) =>
    toPodHistory(states, eventsOf.claim({ uid, kind: 'Pod', namespace: key.namespace, name: states[0]?.name ?? '' }, states), hash),
  );
  const owners = [...Map.groupBy(workload, (owner) => owner.uid)].map(([uid, states]) => {
    const [first] = states;
    const subject = { uid, kind: first?.objectKind ?? '', namespace: key.namespace, name: first?.name ?? '' };
    return toOwnerHistory(states, eventsOf.claim(subject, states), hash);
  });
  const otherEvents = toEventRecords(eventsOf.unclaimed([...pods, ...owners]), hash);
  // The newest object of that name: a re-created controller has another uid.
  const top = owners
    .filter((owner) => owner.kind === key.kind && owner.name === key.name)
    .toSorted(byFirstState)
    .at(-1);
  return {
    key,
    now,
    snapshot,
    podsByUid: new Map(pods.map((pod) => [pod.uid, pod])),
    pods: pods.toSorted((a, b) => a.createdAt - b.createdAt || (a.uid < b.uid ? -1 : 1)),
    owners: owners.filter((owner) => !(owner.kind === key.kind && owner.name === key.name)).toSorted(byFirstState),
    logs: new Map(log.map((item) => [logKey(item), item])),
    usage,
    nodes: node.toSorted((a, b) => Date.parse(a.observedAt) - Date.parse(b.observedAt)),
    otherEvents,
    nodeEvents: otherEvents.filter((event) => event.record.involvedObject.kind === 'Node'),
    coverage: coverage.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || (a.id < b.id ? -1 : 1)),
    observations: distinct,
    hash,
    ...(top === undefined ? {} : { top }),
  };
}

function byFirstState(a: OwnerHistory, b: OwnerHistory): number {
  return (a.states[0]?.at ?? 0) - (b.states[0]?.at ?? 0) || (a.uid < b.uid ? -1 : 1);
}

interface Life {
  readonly from: Instant;
  readonly to: Instant;
}

/** How far clocks may disagree, and how late an event about something that is gone may be. */
const slack = 10 * second;

interface LivedState {
  readonly createdAt: string;
  readonly observedAt: string;
  readonly deleted?: boolean | undefined;
}

/** Names are used again, as by the pods of a StatefulSet: what is known by its name alone must fall into the object's life. */
function lifeOf(states: readonly LivedState[]): Life {
  let [from, to] = [Infinity, Infinity];
  let before: string | undefined;
  for (const { createdAt, observedAt, deleted } of states) {
    if (createdAt !== before) from = Math.min(from, Date.parse(createdAt));
    before = createdAt;
    if (deleted === true) to = Math.min(to, Date.parse(observedAt));
  }
  return { from: from - slack, to: to + slack };
}

interface Subject {
  readonly uid: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface EventIndex {
  /** The events of an object by its uid, and by its name those that carry none. */
  readonly claim: (subject: Subject, states: readonly LivedState[]) => readonly EventRecord[];
  /** What is about none of these objects, which are all that claimed any. */
  readonly unclaimed: (owners: readonly { readonly events: readonly EventRecord[] }[]) => readonly EventObservation[];
}

function eventIndex(events: readonly EventObservation[], hash: HashText): EventIndex {
  const index = Map.groupBy(events, ({ involvedObject }) => (isUid(involvedObject.uid) ? involvedObject.uid : nameKey(involvedObject)));
  const claimed = new Set<string>();
  return {
    claim(subject, states) {
      claimed.add(subject.uid);
      const own = toEventRecords(index.get(subject.uid) ?? [], hash);
      const nameless = index.get(nameKey(subject));
      if (nameless === undefined) return own;
      const life = lifeOf(states);
      const named = toEventRecords(nameless, hash).filter((event) => event.lastAt >= life.from && event.firstAt <= life.to);
      return named.length === 0 ? own : [...own, ...named].toSorted(byFirstTime);
    },
    unclaimed(owners) {
      const left = [...index].filter(([about]) => !claimed.has(about)).flatMap(([, group]) => group);
      if (left.length === 0) return left;
      const unused = new Set(left.map((event) => event.uid));
      for (const { events: used } of owners) for (const { record } of used) unused.delete(record.uid);
      return left.filter((event) => unused.has(event.uid));
    },
  };
}

function isUid(uid: string | undefined): uid is string {
  return uid !== undefined && !isManifestHash(uid);
}

function nameKey(object: { readonly kind: string; readonly namespace?: string | undefined; readonly name: string }): string {
  return `${object.kind}/${object.namespace ?? ''}/${object.name}`;
}
