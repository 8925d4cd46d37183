import type { ContainerHistory, ContainerSpan } from '../history/container-history.ts';
import { logOf } from '../history/log-of.ts';
import { conditionOf, decidingContainers } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { stretchesOf, type Stretch } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { instantOf, latest, second, type Instant } from '../time/instant.ts';
import { citeEvent, citeSpan } from './cite.ts';
import { opensAfter } from './onset.ts';
import { placeOf } from './place-of.ts';
import { newestFailure, probeCauseOf } from './probe-cause-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const readinessProbeFailed = defineRule({
  scope: 'pod',
  id: 'readiness-probe-failed',
  title: 'The container runs and does not become ready',
  symptoms: ['ReadinessProbeFailed'],
  explains: [],
  inspectFirst: ['probe spec', 'current logs', 'declared ports', 'dependencies'],
  commonCauses: ['a dependency is down', 'wrong port or path', 'still booting', 'overload'],
  productionRisk: 'pod gets no traffic; a rollout does not go on',
  advice: [
    'Ask what the probe asks: an answer with an error and no answer at all are two different failures.',
    'Read the current log: nothing was restarted, the process is still there to be asked.',
    'A failing readiness probe kills nothing; do not turn it into a liveness probe.',
  ],
  match: (pod, workload) =>
    decidingContainers(pod)
      .filter((container) => container.role !== 'init')
      .flatMap((container) =>
        stretchesOf(pod, container, (span) => isUnready(pod, workload, span)).flatMap((stretch) =>
          unreadySigns({ pod, workload, container, stretch }),
        ),
      ),
});

/** Probes of that kind are held back until a startup probe has passed. */
function isUnready(pod: PodHistory, { snapshot }: WorkloadHistory, span: ContainerSpan): boolean {
  if (span.ready || !(isProbed(pod, span) || (snapshot && isBare(pod, span)))) return false;
  return span.status.started !== false || span.status.startupProbe === undefined;
}

/** A status that came without its spec does not show the probe; that it fails does. */
function isProbed(pod: PodHistory, { state, status }: ContainerSpan): boolean {
  return state === 'running' && (status.readinessProbe !== undefined || newestFailure(pod, status.name, 'readiness') !== undefined);
}

/** Nor does a hand-kept one always show the state of a container in a running pod. */
function isBare(pod: PodHistory, { state, status }: ContainerSpan): boolean {
  return state === 'unreported' && pod.latest.phase === 'Running' && newestFailure(pod, status.name, 'readiness') !== undefined;
}

interface Case {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly stretch: Stretch;
}

/** Not being ready is normal at the start, for the delay of the probe and half a minute. */
function unreadySigns({ pod, workload, container, stretch }: Case): readonly Sign[] {
  const newest = stretch.spans.at(-1) ?? stretch.spans[0];
  const { until, overBy } = stretch;
  const { from, wasReady } = beginningOf(pod, container, stretch);
  const attempt = container.attempts.findLast((item) => item.containerID !== undefined && item.containerID === newest.status.containerID);
  const log = attempt === undefined ? undefined : logOf(workload, pod.uid, attempt)?.text;
  const patience = 30 * second + (newest.status.readinessProbe?.initialDelaySeconds ?? 0) * second;
  const opensAt = onsetOf({ pod, workload, container, stretch }, { from, wasReady, patience });
  // Every start is such a stretch, and nearly all are over at once: the log is read for the others alone.
  if (opensAt === undefined) return [];
  const found = probeCauseOf({ pod, workload, status: newest.status, probe: 'readiness', log, passed: wasReady });
  return [
    {
      symptom: 'ReadinessProbeFailed',
      reason: 'Unhealthy',
      phase: wasReady || newest.status.startupProbe !== undefined ? 'running' : 'startup',
      cause: found.cause,
      basis: found.basis,
      summary: `Container ${container.name} runs and is not ready: ${found.text}.`,
      ...placeOf(pod, container, newest.status),
      deaths: [],
      restartCount: newest.status.restartCount ?? 0,
      from,
      lastAt: until ?? latest(newest.from, found.event?.lastAt) ?? newest.from,
      opensAt,
      evidence: [citeSpan(stretch.spans[0]), ...(found.event === undefined ? [] : [citeEvent(found.event)])],
      ...(found.output === undefined ? {} : { quote: found.output }),
      ...(until === undefined ? {} : { until, overBy }),
    },
  ];
}

interface Unreadiness {
  readonly from: Instant;
  readonly wasReady: boolean;
  readonly patience: number;
}

/**
 * Measured on one clock: the observer's, or that of the node, which writes both the start and the events of failed probes.
 * The clocks of the two may differ by more than the patience.
 */
function onsetOf({ pod, workload, stretch }: Case, { from, wasReady, patience }: Unreadiness): Instant | undefined {
  const { until } = stretch;
  const newest = stretch.spans.at(-1) ?? stretch.spans[0];
  if (workload.snapshot) return opensAfter(workload, pod, { from, until, patience });
  const observed = (until ?? workload.now) - stretch.from >= patience;
  const failed = observed ? undefined : newestFailure(pod, newest.status.name, 'readiness')?.event;
  // A failed probe of an instance that was never ready, and is still not, belongs to this stretch whatever the other clock says.
  const onNode = !wasReady && until === undefined && failed !== undefined && failed.lastAt - startOf(stretch) >= patience;
  return observed || onNode ? Math.max(stretch.from, from + patience) : undefined;
}

function startOf({ spans: [first] }: Stretch): Instant {
  return instantOf(first.status.state?.running?.startedAt) ?? Infinity;
}

interface Beginning {
  readonly from: Instant;
  /** The same instance was ready before. */
  readonly wasReady: boolean;
}

/** What was never ready counts from its start, anything else from when it stopped being so. */
function beginningOf(pod: PodHistory, container: ContainerHistory, { spans: [first], from, fromFirstState }: Stretch): Beginning {
  const startedAt = instantOf(first.status.state?.running?.startedAt);
  const previous = container.spans[container.spans.indexOf(first) - 1];
  if (previous?.ready === true && previous.status.containerID === first.status.containerID) return { from, wasReady: true };
  // Of the time before the first record the pod's condition tells: it turns to False after a start only from True.
  const seen = fromFirstState ? pod.states.find((state) => state.at === from) : undefined;
  const condition = seen === undefined ? undefined : conditionOf(seen.record, 'Ready');
  const since = condition?.status === 'False' ? instantOf(condition.lastTransitionTime) : undefined;
  if (since !== undefined && startedAt !== undefined && since > startedAt + second) return { from: since, wasReady: true };
  // Nothing is seen to run before it starts: a later start is a node's clock that is ahead.
  return { from: first.status.startupProbe === undefined ? Math.min(startedAt ?? from, from) : from, wasReady: false };
}
