import { describe, expect, test } from 'vitest';
import { parseKilling } from '../../../core/causes/parse-killing.ts';
import { probeCause } from '../../../core/causes/probe-cause.ts';

describe('outputs of a failed probe', () => {
  test.each([
    ['refused', 'Get "http://10.0.0.1:8080/healthz": dial tcp 10.0.0.1:8080: connect: connection refused'],
    ['refused', 'dial tcp 10.0.0.1:9090: connect: connection refused'],
    [
      'refused',
      'timeout: failed to connect service "10.0.0.1:9090" within 1s: connection error: desc = "transport: error while dialing: dial tcp 10.0.0.1:9090: connect: connection refused"',
    ],
    ['timeout', 'Get "http://10.0.0.1:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
    ['timeout', 'Get http://10.0.0.1:8080/healthz: net/http: request canceled (Client.Timeout exceeded while awaiting headers)'],
    ['timeout', 'dial tcp 10.0.0.1:9090: i/o timeout'],
    ['timeout', 'command timed out: "sh -c check" timed out after 1s'],
    ['timeout', 'command "sh -c check" timed out'],
    ['reset', 'Get "http://10.0.0.1:8080/": read tcp 10.0.0.2:1->10.0.0.1:8080: read: connection reset by peer'],
    ['reset', 'Get "http://10.0.0.1:8080/": EOF'],
    ['wrong-scheme', 'Get "https://10.0.0.1:8080/": http: server gave HTTP response to HTTPS client'],
    [
      'wrong-scheme',
      'Get "http://10.0.0.1:8443/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01"',
    ],
    ['wrong-scheme', 'Get "https://10.0.0.1:8080/": tls: first record does not look like a TLS handshake'],
    ['unreachable', 'Get "http://10.0.0.1:8080/": dial tcp 10.0.0.1:8080: connect: no route to host'],
    ['unreachable', 'Get "http://api.internal/": dial tcp: lookup api.internal: no such host'],
    ['grpc', 'timeout: failed to connect service "10.0.0.1:9090" within 1s: context deadline exceeded'],
    ['grpc', 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service'],
    ['grpc', 'service unhealthy (responded with "NOT_SERVING")'],
    [
      'oom-killed',
      'OCI runtime exec failed: exec failed: unable to start container process: process_linux.go: container init was killed (possibly OOM-killed)',
    ],
    [
      'command-not-found',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
    ],
    ['exec-output', "cat: can't open '/tmp/alive': No such file or directory"],
    ['exec-output', 'Could not connect to Redis at 127.0.0.1:6379: Connection refused'],
    ['exec-output', ''],
  ])('%s: %s', (outcome, output) => {
    expect(probeCause(`Liveness probe failed: ${output}`)).toEqual({ probe: 'liveness', kind: 'failed', output, outcome });
  });

  test.each([404, 503, 301])('status %d', (statusCode) => {
    expect(probeCause(`Readiness probe failed: HTTP probe failed with statuscode: ${statusCode}`)).toEqual({
      probe: 'readiness',
      kind: 'failed',
      output: `HTTP probe failed with statuscode: ${statusCode}`,
      outcome: 'status',
      statusCode,
    });
  });
});

describe('results that count towards no threshold (trap 76)', () => {
  test.each([
    ['Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "http": invalid syntax', 'errored'],
    ['Readiness probe errored: strconv.Atoi: parsing "http": invalid syntax', 'errored'],
    [
      'Startup probe errored: rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state',
      'errored',
    ],
    [
      'Liveness probe errored: rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded: context deadline exceeded',
      'timeout',
    ],
    [
      'Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "1": OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
      'command-not-found',
    ],
  ])('%s', (message, outcome) => {
    expect(probeCause(message)).toMatchObject({ kind: 'errored', outcome });
  });

  test('a redirect to another host is a warning and counts as a success (trap 59)', () => {
    expect(probeCause('Liveness probe warning: Probe terminated redirects, Response body: <a href="/x">')).toEqual({
      probe: 'liveness',
      kind: 'warning',
      output: 'Probe terminated redirects, Response body: <a href="/x">',
      outcome: 'unknown',
    });
  });
});

test.each(['Container api failed liveness probe, will be restarted', 'The Liveness probe failed', ''])(
  'no probe result in %j',
  (message) => {
    expect(probeCause(message)).toBeUndefined();
  },
);

describe('Killing', () => {
  test.each([
    ['Container api failed liveness probe, will be restarted', { probe: 'liveness', container: 'api', init: false, willRestart: true }],
    ['Container api failed startup probe, will be restarted', { probe: 'startup', container: 'api', init: false, willRestart: true }],
    ['Container api failed liveness probe', { probe: 'liveness', container: 'api', init: false, willRestart: false }],
    ['Init container proxy failed startup probe', { probe: 'startup', container: 'proxy', init: true, willRestart: false }],
    ['Init container proxy failed liveness probe', { probe: 'liveness', container: 'proxy', init: true, willRestart: false }],
    [
      'Killing container with id docker://api:Container failed liveness probe.. Container will be killed and recreated.',
      { probe: 'liveness', container: 'api', init: false, willRestart: true },
    ],
    [
      'Killing container with id docker://api:pod "api_shop(1)" container "api" is unhealthy, it will be killed and re-created.',
      { probe: 'liveness', container: 'api', init: false, willRestart: true },
    ],
  ])('by a probe: %s', (message, expected) => {
    expect(parseKilling(message)).toEqual({ why: 'probe', ...expected });
  });

  test.each([
    ['Stopping container api', { why: 'pod-stop', container: 'api' }],
    ['Killing container with id docker://api:Need to kill Pod', { why: 'pod-stop', container: 'api' }],
    ['Container api definition changed, will be restarted', { why: 'definition-changed', container: 'api' }],
    [
      'Killing container with id docker://api:Container spec hash changed (1 vs 2).. Container will be killed and recreated.',
      { why: 'definition-changed', container: 'api' },
    ],
    ['Container api resize requires restart', { why: 'resize', container: 'api' }],
    ['FailedPostStartHook', { why: 'post-start-hook' }],
    ['Container is in "unknown" state, try killing it before restart', { why: 'unknown-state' }],
    ['killing', { why: 'other' }],
    ['Container api failed liveness probe, maybe', { why: 'other' }],
    ['A Container api failed liveness probe', { why: 'other' }],
    ['', { why: 'other' }],
  ])('not by a probe (traps 34, 74): %s', (message, expected) => {
    expect(parseKilling(message)).toEqual(expected);
  });
});
