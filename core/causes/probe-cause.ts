import { plainMessage } from './plain-message.ts';

export type ProbeName = 'startup' | 'liveness' | 'readiness';

/**
 * What the probe met. `exec-output` is whatever a command printed before it failed; `unknown` a text of an unknown
 * form. `unreachable` covers hosts that cannot be resolved or routed to.
 */
export type ProbeOutcome =
  | 'refused'
  | 'timeout'
  | 'status'
  | 'reset'
  | 'wrong-scheme'
  | 'unreachable'
  | 'grpc'
  | 'oom-killed'
  | 'command-not-found'
  | 'exec-output'
  | 'errored'
  | 'unknown';

export interface ProbeFinding {
  readonly probe: ProbeName;
  /** `errored` results are dropped by the kubelet and count towards no threshold; `warning` counts as a success. */
  readonly kind: 'failed' | 'errored' | 'warning';
  readonly output: string;
  readonly outcome: ProbeOutcome;
  readonly statusCode?: number;
}

const unhealthy = /^([Ss]tartup|[Ll]iveness|[Rr]eadiness) probe (failed|errored|warning)(?: and resulted in unknown state)?:?/;
const status = /^HTTP probe failed with statuscode: (\d{3})/;
const network = /^(?:Get |Head |Post |dial |read |write |net\/http|http: |EOF$)/;
const grpc =
  /^(?:timeout: failed to connect service|error: this server does not implement the grpc health protocol|service unhealthy \(responded with|timeout: health rpc did not complete|failed to connect service)/;

/** In order: a wrong scheme and a time-out both come wrapped in connection errors. */
export const probeNetworkPatterns: readonly { readonly outcome: ProbeOutcome; readonly pattern: RegExp }[] = [
  {
    outcome: 'wrong-scheme',
    pattern:
      /server gave HTTP response to HTTPS client|client sent an HTTP request to an HTTPS server|first record does not look like a TLS handshake|malformed HTTP (?:response|status code)|tls: /,
  },
  { outcome: 'refused', pattern: /connection refused|actively refused/ },
  { outcome: 'unreachable', pattern: /no route to host|network is unreachable|no such host|server misbehaving|host is down/ },
  {
    outcome: 'timeout',
    pattern: /Client\.Timeout|context deadline exceeded|i\/o timeout|TLS handshake timeout|connection timed out|request canceled/,
  },
  { outcome: 'reset', pattern: /connection reset by peer|broken pipe|unexpected EOF|EOF$|server closed idle connection|forcibly closed/ },
];

/** What a command of an exec probe tells by the runtime's words, and not by its own. */
export const probeExecPatterns: readonly { readonly outcome: ProbeOutcome; readonly pattern: RegExp }[] = [
  { outcome: 'oom-killed', pattern: /possibly OOM-killed/ },
  {
    outcome: 'command-not-found',
    pattern:
      /exec: "[^"]{1,300}": (?:executable file not found|stat .{1,300}no such file or directory|permission denied)|executable file .{0,300}not found in \$PATH/,
  },
  {
    outcome: 'timeout',
    pattern: /^command timed out|^command "[\s\S]{1,2000}" timed out|code = DeadlineExceeded|timeout \d{1,6}m?s exceeded/,
  },
];

function outcomeOf(kind: ProbeFinding['kind'], output: string): ProbeOutcome {
  const exec = probeExecPatterns.find(({ pattern }) => pattern.test(output))?.outcome;
  if (exec !== undefined) return exec;
  if (grpc.test(output)) return /connection refused/.test(output) ? 'refused' : 'grpc';
  const connected = probeNetworkPatterns.find(({ pattern }) => pattern.test(output))?.outcome;
  if (network.test(output)) return connected ?? 'unknown';
  if (kind === 'errored') return 'errored';
  return kind === 'failed' ? 'exec-output' : 'unknown';
}

/** Reads an `Unhealthy` or `ProbeWarning` event. The output is the probe's own words, without trailing blanks. */
export function probeCause(message: string): ProbeFinding | undefined {
  const text = plainMessage(message);
  const [head, name = '', kind = ''] = unhealthy.exec(text) ?? [];
  if (head === undefined) return undefined;
  const output = text.slice(head.length).trim();
  const probe = name === 'Startup' ? 'startup' : name === 'Liveness' ? 'liveness' : 'readiness';
  const verb = kind === 'errored' ? 'errored' : kind === 'warning' ? 'warning' : 'failed';
  const code = status.exec(output)?.[1];
  if (code !== undefined) return { probe, kind: verb, output, outcome: 'status', statusCode: Number(code) };
  return { probe, kind: verb, output, outcome: outcomeOf(verb, output) };
}
