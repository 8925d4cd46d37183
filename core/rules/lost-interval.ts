import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { evidenceOf } from '../evidence/evidence-id.ts';
import { earliest, minute, second, type Instant } from '../time/instant.ts';
import type { NodeObservation } from '../wire/node.ts';
import { citeCondition, citeEvent, citePodReason } from './cite.ts';

/** A time in which nobody could know what the pod did. */
export interface LostInterval {
  readonly from: Instant;
  readonly until?: Instant;
  readonly evidence: readonly Evidence[];
  /** A record says so itself; otherwise it follows from who set a condition. */
  readonly observed: boolean;
}

/** All of them, from what the pod, its events and its node show; those that meet are one. */
export function lostIntervals(pod: PodHistory, workload: WorkloadHistory): readonly LostInterval[] {
  const end = earliest(pod.terminalAt, pod.goneAt);
  const found = [...ofStates(pod), ...ofNode(pod, workload), ...(isWellNow(pod, workload) ? [] : ofEvents(pod))]
    .filter((item) => end === undefined || item.from < end)
    .map((item) => (end === undefined ? item : { ...item, until: Math.min(item.until ?? Infinity, end) }));
  return merge(found.toSorted((a, b) => a.from - b.from));
}

/**
 * `reason: NodeLost`, phase `Unknown` of old clusters, or a pod that is not ready although all its containers are: the kubelet always gives a reason for that,
 * the node lifecycle controller never does.
 */
function ofStates(pod: PodHistory): readonly LostInterval[] {
  if (!pod.states.some(isLost)) return [];
  const intervals: LostInterval[] = [];
  let open: PodState[] = [];
  const close = (until: Instant | undefined) => {
    const [first] = open;
    if (first !== undefined) {
      const named = open.find(isNamedLost);
      const evidence = named === undefined ? citeCondition(first, 'Ready') : citePodReason(named);
      intervals.push({ from: first.at, evidence: [evidence], observed: named !== undefined, ...(until === undefined ? {} : { until }) });
    }
    open = [];
  };
  for (const state of pod.states) {
    if (isLost(state)) open.push(state);
    else close(state.at);
  }
  close(undefined);
  return intervals;
}

function isLost(state: PodState): boolean {
  return isNamedLost(state) || isMarkedByNodeController(state);
}

function isNamedLost({ record }: PodState): boolean {
  return record.reason === 'NodeLost' || record.phase === 'Unknown';
}

function isMarkedByNodeController({ record }: PodState): boolean {
  const ready = conditionOf(record, 'Ready');
  if (record.phase !== 'Running' || ready?.status !== 'False' || ready.reason !== undefined) return false;
  return conditionOf(record, 'ContainersReady')?.status === 'True';
}

/** The node's own Ready condition, while the pod was bound to it. */
function ofNode(pod: PodHistory, workload: WorkloadHistory): readonly LostInterval[] {
  const states = workload.nodes.filter((node) => node.name === pod.latest.node);
  return states.flatMap((node, index) => {
    const isDown = (item: NodeObservation | undefined) => ['False', 'Unknown'].includes(readyOf(item)?.status ?? 'True');
    if (!isDown(node) || isDown(states[index - 1])) return [];
    const up = states.slice(index).find((later) => !isDown(later));
    const from = Date.parse(readyOf(node)?.lastTransitionTime ?? node.observedAt);
    const until = up === undefined ? undefined : Date.parse(up.observedAt);
    // Daemons start on a node before it is ready: such a node was not lost.
    if (from < pod.createdAt) return [];
    return [{ from, evidence: [citeNode(node)], observed: true, ...(until === undefined ? {} : { until }) }];
  });
}

function readyOf(node: NodeObservation | undefined) {
  return node === undefined ? undefined : conditionOf(node, 'Ready');
}

function citeNode(node: NodeObservation): Evidence {
  const ready = readyOf(node);
  const words = [`Ready=${ready?.status ?? 'absent'}`, ready?.reason, ready?.message];
  return {
    id: evidenceOf(node),
    source: 'node',
    path: `/status/conditions/${node.conditions.findIndex((item) => item.type === 'Ready')}`,
    text: words.filter((part) => part !== undefined && part !== '').join(': '),
  };
}

/** An event outlives what it reports by up to an hour; a single look shows the state of now. */
function isWellNow(pod: PodHistory, workload: WorkloadHistory): boolean {
  return workload.snapshot && conditionOf(pod.latest, 'Ready')?.status === 'True';
}

/** The node controller's note on the pod. It holds until a later state shows that a kubelet writes again. */
function ofEvents(pod: PodHistory): readonly LostInterval[] {
  return pod.events
    .filter((event) => event.record.reason === 'NodeNotReady')
    .flatMap((event) =>
      event.occurrences.map((from) => {
        const until = pod.states.find((state) => state.at > from + second && !isLost(state))?.at;
        return { from, evidence: [citeEvent(event)], observed: true, ...(until === undefined ? {} : { until }) };
      }),
    );
}

/** Reports of one outage come from several sides within a minute. */
function merge(intervals: readonly LostInterval[]): readonly LostInterval[] {
  const merged: LostInterval[] = [];
  for (const next of intervals) {
    const last = merged.at(-1);
    if (last === undefined || next.from > (last.until ?? Infinity) + minute) merged.push(next);
    else merged[merged.length - 1] = join(last, next);
  }
  return merged;
}

/** The pod's own states know best when it was over, so a known end wins over an unknown one. */
function join(a: LostInterval, b: LostInterval): LostInterval {
  const ends = [a.until, b.until].filter((at) => at !== undefined);
  const evidence = [...a.evidence, ...b.evidence.filter((item) => !a.evidence.some((known) => known.id === item.id))];
  return {
    from: Math.min(a.from, b.from),
    evidence,
    observed: a.observed || b.observed,
    ...(ends.length === 0 ? {} : { until: Math.max(...ends) }),
  };
}
