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
import { probeCauseOf } from './probe-cause-of.ts';
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
        stretchesOf(pod, container, isUnready).flatMap((stretch) => unreadySigns({ pod, workload, container, stretch })),
      ),
});

/** Probes of that kind are held back until a startup probe has passed. */
function isUnready({ state, ready, status }: ContainerSpan): boolean {
  if (state !== 'running' || ready || status.readinessProbe === undefined) return false;
  return status.started !== false || status.startupProbe === undefined;
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
  const patience = 30 * second + (newest.status.readinessProbe?.initialDelaySeconds ?? 0) * second;
  const opensAt = opensAfter(workload, pod, { from, until, patience });
  if (opensAt === undefined) return [];
  const attempt = container.attempts.findLast((item) => item.containerID !== undefined && item.containerID === newest.status.containerID);
  const log = attempt === undefined ? undefined : logOf(workload, pod.uid, attempt)?.text;
  const found = probeCauseOf({ pod, status: newest.status, probe: 'readiness', log, passed: wasReady });
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
  return { from: first.status.startupProbe === undefined ? (startedAt ?? from) : from, wasReady: false };
}
