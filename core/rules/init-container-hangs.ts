import type { AttemptEnd, ContainerHistory, ContainerSpan } from '../history/container-history.ts';
import { logOf } from '../history/log-of.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { stretchesOf, type Stretch } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { instantOf, minute, second, type Instant } from '../time/instant.ts';
import type { LogObservation } from '../wire/log.ts';
import { causeInLog } from './cause-in-log.ts';
import { citeLog, citeSpan } from './cite.ts';
import { opensAfter } from './onset.ts';
import { placeOf } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const initContainerHangs = defineRule({
  scope: 'pod',
  id: 'init-container-hangs',
  title: 'An init container neither ends nor fails',
  symptoms: ['Pending'],
  explains: ['creation-stalled', 'deadline-exceeded', 'job-failed'],
  inspectFirst: ['current logs of the init container', 'what it waits for', 'network policies'],
  commonCauses: ['it waits for a service that is not there', 'a lock that somebody else holds', 'more data than before'],
  productionRisk: 'application containers never start',
  advice: [
    'Read the current log of the init container: it says what it waits for, if it says anything.',
    'Check that what it waits for exists under that name, from inside the cluster.',
    'Give waiting steps a time limit in the owning workload, so that they fail instead of hanging.',
  ],
  match: (pod, workload) =>
    pod.containers
      .filter((container) => container.role === 'init' && !holdsNothingBack(pod, container))
      .flatMap((container) =>
        stretchesOf(pod, container, isRunning).flatMap((stretch) => hangSigns({ pod, workload, container, stretch })),
      ),
});

/** Application containers run beside it: it is a sidecar, of which only the status has come. */
function holdsNothingBack(pod: PodHistory, { status: own }: ContainerHistory): boolean {
  return (
    own.state?.running !== undefined && pod.containers.some(({ role, status }) => role === 'app' && status.state?.running !== undefined)
  );
}

/** Longer than most init containers take (design: "When something is an incident"). */
const patience = 30 * second;
/** One that ended well sooner than this was slow, and did not hang. */
const slow = 5 * minute;

function isRunning(span: ContainerSpan): boolean {
  return span.state === 'running';
}

interface Case {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly stretch: Stretch;
}

function hangSigns({ pod, workload, container, stretch }: Case): readonly Sign[] {
  const [first] = stretch.spans;
  const newest = stretch.spans.at(-1) ?? first;
  const { until, overBy } = stretch;
  const from = instantOf(first.status.state?.running?.startedAt) ?? stretch.from;
  const attempt = container.attempts.findLast((item) => item.containerID !== undefined && item.containerID === newest.status.containerID);
  const wait = attempt === undefined ? undefined : waitIn(workload, logOf(workload, pod.uid, attempt));
  if (attempt?.end !== undefined && wasNoHang(attempt.end, { from, waited: wait !== undefined })) return [];
  const opensAt = opensAfter(workload, pod, { from, until, patience });
  if (opensAt === undefined) return [];
  return [
    {
      symptom: 'Pending',
      reason: 'PodInitializing',
      phase: 'init',
      basis: 'derived',
      ...judge(container.name, wait),
      ...placeOf(pod, container, newest.status),
      deaths: [],
      restartCount: newest.status.restartCount ?? 0,
      from,
      lastAt: until ?? newest.from,
      opensAt,
      evidence: [citeSpan(first), ...(wait === undefined ? [] : [wait.evidence])],
      ...(until === undefined ? {} : { until, overBy }),
    },
  ];
}

function judge(name: string, wait: Wait | undefined): Pick<Sign, 'cause' | 'summary' | 'quote'> {
  const what = `Init container ${name} neither ends nor fails`;
  if (wait === undefined) return { cause: 'unexplained', summary: `${what}; no record says what it waits for.` };
  return { cause: wait.cause, summary: `${what}: its log says "${wait.line}".`, quote: wait.line };
}

interface Wait {
  readonly cause: string;
  readonly line: string;
  readonly evidence: Evidence;
}

/** What the log says that the container cannot get. */
function waitIn(workload: WorkloadHistory, log: LogObservation | undefined): Wait | undefined {
  const match = causeInLog(workload, log?.text);
  return log === undefined || match === undefined
    ? undefined
    : { cause: match.cause, line: match.line, evidence: citeLog(workload, log, match.line) };
}

/** An end with an error is a death, which speaks for itself; one that ended well in time was only slow, unless it had to wait. */
function wasNoHang(
  { terminated, finishedAt }: AttemptEnd,
  { from, waited }: { readonly from: Instant; readonly waited: boolean },
): boolean {
  return terminated.exitCode !== 0 || (!waited && finishedAt - from < slow);
}
