import { probeCause, type ProbeFinding, type ProbeName } from '../causes/probe-cause.ts';
import type { Death } from '../history/container-history.ts';
import { eventsOf, livedFor } from '../history/pod-facts.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Basis } from '../incident/vocabulary.ts';
import { describeDuration } from '../time/duration.ts';
import { second } from '../time/instant.ts';
import type { ContainerStatus, Probe } from '../wire/container.ts';
import { causeInLog } from './cause-in-log.ts';
import { listeningPorts } from './listening-ports.ts';

export interface ProbeCause {
  readonly cause: string;
  readonly basis: Basis;
  readonly text: string;
  /** The newest `Unhealthy` event of this probe. */
  readonly event?: EventRecord;
  readonly output?: string;
}

interface ProbeCase {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly status: ContainerStatus;
  readonly probe: ProbeName;
  /** The attempt that a kill ended; absent for readiness, which kills nothing. */
  readonly death?: Death;
  /** It was ready, or had started, before. */
  readonly passed?: boolean;
  readonly log?: string | undefined;
}

/** Why a probe failed, from what it met, from where it looked, from what the log says, and from how long the attempt lived. */
export function probeCauseOf(probeCase: ProbeCase): ProbeCause {
  const { pod, status, probe } = probeCase;
  const met = newestFailure(pod, status.name, probe);
  const spec = specOf(status, probe);
  const arithmetic = describeArithmetic(spec, probeCase);
  if (met === undefined) return { cause: 'unexplained', basis: 'derived', text: `no record shows what the probe met${arithmetic}` };
  const { cause, basis } = judge(met.parsed, probeCase, spec);
  return { cause, basis, text: `${describeTarget(spec)}${arithmetic}`, event: met.event, output: met.parsed.output };
}

/** The newest `Unhealthy` event of a probe. A warning counts as a success, and is none. */
export function newestFailure(
  pod: PodHistory,
  container: string,
  probe: ProbeName,
): { readonly event: EventRecord; readonly parsed: ProbeFinding } | undefined {
  return eventsOf(pod, container, 'Unhealthy')
    .flatMap((event) => {
      const parsed = probeCause(event.message);
      return parsed?.probe === probe && parsed.kind !== 'warning' ? [{ event, parsed }] : [];
    })
    .toSorted((a, b) => a.event.lastAt - b.event.lastAt)
    .at(-1);
}

interface Judgement {
  readonly cause: string;
  readonly basis: Basis;
}

function judge(met: ProbeFinding, probeCase: ProbeCase, spec: Probe | undefined): Judgement {
  switch (met.outcome) {
    case 'status':
      // An answer of 404 comes from a process that listens, but not to this question.
      return met.statusCode === 404 ? { cause: 'probe-target', basis: 'observed' } : judgeAnswer('probe-unhealthy', probeCase);
    case 'wrong-scheme':
      return { cause: 'probe-target', basis: 'observed' };
    case 'timeout':
      return judgeAnswer('probe-timeout', probeCase);
    case 'errored':
    case 'command-not-found':
    case 'oom-killed':
    case 'unreachable':
      return { cause: 'probe-error', basis: 'observed' };
    case 'refused':
      return judgeRefused(probeCase, spec);
    case 'grpc':
    case 'reset':
    case 'exec-output':
    case 'unknown':
      return judgeAnswer('probe-unhealthy', probeCase);
    default:
      return met.outcome satisfies never;
  }
}

/** A process that answers badly, or too late, while its log complains of somebody else passes on that one's failure. */
function judgeAnswer(cause: string, { workload, log }: ProbeCase): Judgement {
  return waitsForDependency(workload, log) ? { cause: 'probe-dependency', basis: 'derived' } : { cause, basis: 'observed' };
}

/** Nobody listened at the probe's port: elsewhere, no longer, waiting for somebody else, or too early. */
function judgeRefused(
  { workload, status, death, log, passed = death?.passedProbe === true }: ProbeCase,
  spec: Probe | undefined,
): Judgement {
  if (listensElsewhere(status, spec, log)) return { cause: 'probe-target', basis: 'derived' };
  const lived = death === undefined ? undefined : livedFor(death);
  const outlived = lived !== undefined && spec !== undefined && lived > allowance(spec) * 2 + 60 * second;
  if (passed || outlived) return { cause: 'probe-unhealthy', basis: 'derived' };
  return { cause: waitsForDependency(workload, log) ? 'probe-dependency' : 'slow-boot', basis: 'derived' };
}

function waitsForDependency(workload: WorkloadHistory, log: string | undefined): boolean {
  const cause = causeInLog(workload, log)?.cause;
  return cause !== undefined && /^(?:dep|db)-/.test(cause);
}

/** The log names other ports alone, or the container declares ports and the probe's is none of them. */
function listensElsewhere(status: ContainerStatus, spec: Probe | undefined, log: string | undefined): boolean {
  const port = portNumberOf(status, spec);
  if (port === undefined) return false;
  const said = listeningPorts(log ?? '');
  if (said.ports.size > 0) return !said.ports.has(port) || said.loopbackOnly.has(port);
  const declared = status.ports ?? [];
  return declared.length > 0 && !declared.some((item) => String(item.containerPort) === port);
}

/** Probes may name a declared port instead of its number. */
function portNumberOf(status: ContainerStatus, spec: Probe | undefined): string | undefined {
  const port = portOf(spec);
  if (port === undefined || /^\d+$/.test(port)) return port;
  const declared = status.ports?.find((item) => item.name === port);
  return declared === undefined ? undefined : String(declared.containerPort);
}

export function specOf(status: ContainerStatus, probe: ProbeName): Probe | undefined {
  const specs = { startup: status.startupProbe, liveness: status.livenessProbe, readiness: status.readinessProbe };
  return specs[probe];
}

function portOf(spec: Probe | undefined): string | undefined {
  return spec?.httpGet?.port ?? spec?.tcpSocket?.port ?? spec?.grpc?.port;
}

/** Milliseconds a container has from its start until the probe's threshold is reached. */
export function allowance(spec: Probe): number {
  return ((spec.initialDelaySeconds ?? 0) + (spec.failureThreshold ?? 3) * (spec.periodSeconds ?? 10)) * second;
}

function describeTarget(spec: Probe | undefined): string {
  if (spec?.httpGet !== undefined) return `GET ${spec.httpGet.path ?? '/'} on port ${spec.httpGet.port}`;
  const port = portOf(spec);
  if (port !== undefined) return `port ${port}`;
  return spec?.exec === undefined ? 'the probe' : 'its command';
}

/** `5 s delay + 3 × 5 s = 20 s allowed, 8 s of grace, instance 4 lived 25 s` */
function describeArithmetic(spec: Probe | undefined, { pod, death }: ProbeCase): string {
  if (spec === undefined) return '';
  const rule = `${spec.initialDelaySeconds ?? 0} s delay + ${spec.failureThreshold ?? 3} × ${spec.periodSeconds ?? 10} s = ${describeDuration(allowance(spec))} allowed`;
  const lived = death === undefined ? undefined : livedFor(death);
  if (death === undefined || lived === undefined) return `; ${rule}`;
  // Being told to end and having ended are two moments: without the grace between them the sum does not come out.
  const grace = spec.terminationGracePeriodSeconds ?? pod.latest.terminationGracePeriodSeconds;
  const stop = grace === undefined ? '' : `, ${grace} s of grace`;
  return `; ${rule}${stop}, instance ${death.index} lived ${describeDuration(lived)}`;
}
