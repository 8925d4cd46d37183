import { describe, expect, test } from 'vitest';
import { listeningPorts } from '#core/rules/listening-ports.ts';

function portsIn(log: string) {
  const { ports, loopbackOnly } = listeningPorts(log);
  return { ports: [...ports], loopbackOnly: [...loopbackOnly] };
}

describe('ports a process says it listens on', () => {
  test.each([
    ['{"time":"2026-11-22T10:57:19.137Z","level":"info","msg":"listening","port":8080}', '8080'],
    [
      '2026-05-03T14:00:02.123Z  INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started on port 8080 (http) with context path',
      '8080',
    ],
    ['Tomcat started on port(s): 9000 (http)', '9000'],
    ['INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)', '8000'],
    ['[2026-05-03 14:00:02 +0000] [1] [INFO] Listening at: http://0.0.0.0:5000 (1)', '5000'],
    ['Now listening on: http://[::]:8080', '8080'],
    ['App listening at http://localhost:3000', '3000'],
    ['2026/05/03 14:00:02 Serving HTTP on 0.0.0.0 port 8081', '8081'],
    ['level=info msg="HTTP server started" addr=:9090', '9090'],
    ['gRPC server listening at [::]:50051', '50051'],
    ['* Listening on tcp://0.0.0.0:3000', '3000'],
  ])('%s', (line, port) => {
    expect(portsIn(line)).toEqual({ ports: [port], loopbackOnly: [] });
  });

  test.each([
    'connecting to postgres:5432',
    'Connected to redis on port 6379',
    'metrics server listening on :9102',
    'Debugger listening on ws://127.0.0.1:9229/abc',
    'failed to start server on port 8080: address already in use',
    'waiting for db:5432 to be ready',
    '14:10:59 server booting, step 80 of 100',
    '2026-05-03 14:00:08 the service is up',
  ])('not %s', (line) => {
    expect(portsIn(line)).toEqual({ ports: [], loopbackOnly: [] });
  });

  test('a port that only the loopback address answers on', () => {
    expect(portsIn('Running on http://127.0.0.1:5000')).toEqual({ ports: ['5000'], loopbackOnly: ['5000'] });
    expect(portsIn('Running on http://127.0.0.1:5000\n * Running on http://0.0.0.0:5000').loopbackOnly).toEqual([]);
  });
});
