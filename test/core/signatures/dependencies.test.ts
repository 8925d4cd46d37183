import { describe, expect, test } from 'vitest';
import { dependencyExamples } from './dependencies-examples.ts';
import { matchedCause } from './matched-cause.ts';

describe.each(Object.entries(dependencyExamples))('%s', (cause, lines) => {
  test.each(lines)('%s', (line) => {
    expect(matchedCause(`app starting\n${line}\n`)).toEqual([cause, line.trim()]);
  });
});

describe('harmless lines about dependencies', () => {
  test.each([
    [
      'a warning after which the connection stands',
      'WARN connection refused, retrying in 1s\nINFO connected to postgres\nINFO listening on :8080',
    ],
    [
      'an error after which requests are served',
      'ERROR dial tcp 10.0.0.5:6379: connect: connection refused\n10.0.0.9 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 12',
    ],
    ['a client that hung up', '2024/05/01 10:00:00 http: TLS handshake error from 10.0.0.9:5123: remote error: tls: unknown certificate'],
    [
      'an upstream error of one request',
      '2024/05/01 10:00:00 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, server: , request: "GET / HTTP/1.1"',
    ],
    ['an access log with the word', '10.0.0.9 - - [01/May/2024:10:00:00 +0000] "GET /docs/connection refused HTTP/1.1" 404 153'],
    ['a JSON access log', '{"level":"error","method":"GET","path":"/x","status":502,"error":"connect ECONNREFUSED 10.0.0.5:80"}'],
    ['a help text', 'Options:\n  --retry-on-connection-refused  try again on connection refused\n'],
  ])('%s', (_, log) => {
    expect(matchedCause(`${log}\n`, 1)).toBeUndefined();
  });

  test('an error that was got over long before the end of a long log', () => {
    const work = Array.from({ length: 150 }, (_, row) => `processed batch ${row}`).join('\n');
    expect(matchedCause(`dial tcp 10.0.0.5:5432: connect: connection refused\n${work}\n`, 1)).toBeUndefined();
  });
});

describe('the last try', () => {
  test('retries that never succeed name the dependency', () => {
    const tries = Array.from({ length: 8 }, (_, n) => `WARN attempt ${n}: connect ECONNREFUSED 10.0.0.5:5432, retrying`).join('\n');
    expect(matchedCause(`${tries}\nexiting\n`, 1)).toEqual(['dep-refused', 'WARN attempt 7: connect ECONNREFUSED 10.0.0.5:5432, retrying']);
  });

  test('giving up is an error and no warning', () => {
    const log = 'INFO listening on :8080\ngiving up after 5 retries: lookup db on 10.96.0.10:53: no such host\n';
    expect(matchedCause(log, 1)).toEqual(['dep-dns', 'giving up after 5 retries: lookup db on 10.96.0.10:53: no such host']);
  });
});
