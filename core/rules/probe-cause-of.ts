import { probeCause, type ProbeFinding, type ProbeName } from '../causes/probe-cause.ts';
import { eventsOf, livedFor, type Death } from '../history/pod-facts.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { Basis } from '../incident/vocabulary.ts';
import { describeDuration } from '../time/duration.ts';
import { second } from '../time/instant.ts';
import type { ContainerStatus, Probe } from '../wire/container.ts';

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
  readonly status: ContainerStatus;
  readonly probe: ProbeName;
  /** The attempt that a kill ended; absent for readiness, which kills nothing. */
  readonly death?: Death;
  readonly log?: string | undefined;
}

/** Why a probe failed, from what it met, from where it looked, and from how long the attempt lived. */
export function probeCauseOf(probeCase: ProbeCase): ProbeCause {
  const { pod, status, probe, death } = probeCase;
  const met = eventsOf(pod, status.name, 'Unhealthy')
    .flatMap((event) => {
      const parsed = probeCause(event.message);
      return parsed?.probe === probe && parsed.kind !== 'warning' ? [{ event, parsed }] : [];
    })
    .toSorted((a, b) => a.event.lastAt - b.event.lastAt)
    .at(-1);
  const spec = specOf(status, probe);
  const arithmetic = describeArithmetic(spec, death);
  if (met === undefined) return { cause: 'unexplained', basis: 'derived', text: `no record shows what the probe met${arithmetic}` };
  const { cause, basis } = judge(met.parsed, probeCase, spec);
  return { cause, basis, text: `${describeTarget(spec)}${arithmetic}`, event: met.event, output: met.parsed.output };
}

function judge(met: ProbeFinding, probeCase: ProbeCase, spec: Probe | undefined): { cause: string; basis: Basis } {
  switch (met.outcome) {
    case 'status':
      // An answer of 404 or of the other scheme comes from a process that listens, but not to this question.
      return { cause: met.statusCode === 404 ? 'probe-target' : 'probe-unhealthy', basis: 'observed' };
    case 'wrong-scheme':
      return { cause: 'probe-target', basis: 'observed' };
    case 'timeout':
      return { cause: 'probe-timeout', basis: 'observed' };
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
      return { cause: 'probe-unhealthy', basis: 'observed' };
    default:
      return met.outcome satisfies never;
  }
}

/** Nobody listened at the probe's port: too early, elsewhere, or no longer. */
function judgeRefused({ status, death, log }: ProbeCase, spec: Probe | undefined): { cause: string; basis: Basis } {
  if (listensElsewhere(status, spec, log)) return { cause: 'probe-target', basis: 'derived' };
  const lived = death === undefined ? undefined : livedFor(death);
  const outlived = lived !== undefined && spec !== undefined && lived > allowance(spec) * 2 + 60 * second;
  if (death?.passedProbe === true || outlived) return { cause: 'probe-unhealthy', basis: 'derived' };
  return { cause: 'slow-boot', basis: 'derived' };
}

/** The log names another port, or the container declares ports and this is none of them. */
function listensElsewhere(status: ContainerStatus, spec: Probe | undefined, log: string | undefined): boolean {
  const port = portOf(spec);
  if (port === undefined || !/^\d+$/.test(port)) return false;
  const declared = status.ports ?? [];
  if (declared.length > 0 && !declared.some((item) => String(item.containerPort) === port)) return true;
  const said = /\b(?:listening|started|serving|running)\b[^\n]{0,80}?[:\s](\d{2,5})\b/i.exec(log?.slice(-20_000) ?? '')?.[1];
  return said !== undefined && said !== port && declared.some((item) => String(item.containerPort) === said);
}

function specOf(status: ContainerStatus, probe: ProbeName): Probe | undefined {
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

function describeArithmetic(spec: Probe | undefined, death: Death | undefined): string {
  if (spec === undefined) return '';
  const rule = `${spec.initialDelaySeconds ?? 0} s delay + ${spec.failureThreshold ?? 3} × ${spec.periodSeconds ?? 10} s = ${describeDuration(allowance(spec))} allowed`;
  const lived = death === undefined ? undefined : livedFor(death);
  return `; ${rule}${lived === undefined ? '' : `, this attempt lived ${describeDuration(lived)}`}`;
}
