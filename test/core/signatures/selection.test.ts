import { describe, expect, test } from 'vitest';
import { matchLogSignature } from '../../../core/signatures/match-log-signature.ts';
import { matchedCause } from './matched-cause.ts';

describe('the innermost cause decides (trap 72)', () => {
  test('Java: a migration tool that cannot connect', () => {
    const log = [
      '2024-05-01T10:00:00.000Z ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed',
      'org.springframework.beans.factory.BeanCreationException: Error creating bean with name flywayInitializer',
      '\tat org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory.initializeBean(AbstractAutowireCapableBeanFactory.java:1806)',
      'Caused by: org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlUnableToConnectToDbException: Unable to obtain connection from database: Migration of schema "public" failed',
      '\t... 18 common frames omitted',
      'Caused by: org.postgresql.util.PSQLException: The connection attempt failed.',
      '\tat org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:354)',
      '\t... 27 common frames omitted',
      'Caused by: java.net.UnknownHostException: db',
      '\tat java.base/sun.nio.ch.NioSocketImpl.connect(NioSocketImpl.java:567)',
      '',
    ].join('\n');
    expect(matchLogSignature(log, { exitCode: 1 })).toEqual({
      cause: 'dep-dns',
      line: 'Caused by: java.net.UnknownHostException: db',
      lineNumber: 9,
      signature: 'unknownhostexception',
    });
  });

  test('Python: the first exception of `raise … from` is the cause, its source lines are not', () => {
    const log = [
      'Traceback (most recent call last):',
      '  File "/app/db.py", line 3, in connect',
      '    raise ConnectionRefusedError("No such file or directory")',
      'ConnectionRefusedError: [Errno 111] Connection refused',
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 9, in <module>',
      '    start()',
      "KeyError: 'POOL'",
      '',
    ].join('\n');
    expect(matchedCause(log, 1)).toEqual(['dep-refused', 'ConnectionRefusedError: [Errno 111] Connection refused']);
  });

  test('.NET: behind the arrow', () => {
    const log = [
      'Unhandled exception. System.InvalidOperationException: Failed to bind properties under nothing',
      ' ---> Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.0.5:5432',
      ' ---> System.Net.Sockets.SocketException (111): Connection refused',
      '   at Npgsql.Internal.NpgsqlConnector.Connect(NpgsqlTimeout timeout)',
      '   --- End of inner exception stack trace ---',
      '',
    ].join('\n');
    expect(matchedCause(log, 134)).toEqual(['dep-refused', '---> System.Net.Sockets.SocketException (111): Connection refused']);
  });

  test('Node: behind [cause]', () => {
    const log = [
      'Error: EACCES to the service',
      '    at main (/app/server.js:3:9) {',
      '  [cause]: Error: getaddrinfo ENOTFOUND db',
      '      at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:120:26) {',
      "    code: 'ENOTFOUND'",
      '  }',
      '}',
      '',
      'Node.js v22.1.0',
      '',
    ].join('\n');
    expect(matchedCause(log, 1)).toEqual(['dep-dns', '[cause]: Error: getaddrinfo ENOTFOUND db']);
  });

  test('Rust: the last line of anyhow', () => {
    const log = 'Error: failed to start\n\nCaused by:\n    0: error connecting to server\n    1: Connection refused (os error 111)\n';
    expect(matchedCause(log, 1)).toEqual(['dep-refused', '1: Connection refused (os error 111)']);
  });
});

describe('the nearest to the end decides', () => {
  test('a missing variable after a cache that could not be reached', () => {
    const log = [
      'WARN cache: connect ECONNREFUSED 10.0.0.5:6379, going on without',
      'loading routes',
      'Error: Missing required environment variable DATABASE_URL',
      '    at main (/app/server.js:3:9)',
      '',
    ].join('\n');
    expect(matchedCause(log, 1)).toEqual(['missing-config', 'Error: Missing required environment variable DATABASE_URL']);
  });

  test('complaints of an entrypoint early on give way to the last words', () => {
    const log = [
      'chown: changing ownership of /data: Operation not permitted',
      ...Array.from({ length: 6 }, (_, step) => `init step ${step}`),
      "Error: ENOENT: no such file or directory, open '/app/config.json'",
      '',
    ].join('\n');
    expect(matchedCause(log, 1)?.[0]).toBe('missing-file');
  });

  test('a general sign gives way to a cause stated just before it', () => {
    const log = [
      '[2024-05-01 10:00:00 +0000] [7] [ERROR] Exception in worker process',
      'Traceback (most recent call last):',
      '  File "/app/wsgi.py", line 1, in <module>',
      "ModuleNotFoundError: No module named 'flask'",
      '[2024-05-01 10:00:00 +0000] [7] [INFO] Worker exiting (pid: 7)',
      '[2024-05-01 10:00:00 +0000] [1] [ERROR] Worker (pid:7) exited with code 3',
      '[2024-05-01 10:00:00 +0000] [1] [ERROR] Shutting down: Master',
      '[2024-05-01 10:00:00 +0000] [1] [ERROR] Reason: Worker failed to boot.',
      '',
    ].join('\n');
    expect(matchedCause(log, 3)).toEqual(['missing-module', "ModuleNotFoundError: No module named 'flask'"]);
  });

  test('alone, the general sign is the answer', () => {
    const log = '[2024-05-01 10:00:00 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:7)\n';
    expect(matchedCause(log, 1)).toEqual(['boot-timeout', '[2024-05-01 10:00:00 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:7)']);
  });

  test('Spring: the description of a failed start', () => {
    const log = [
      '***************************',
      'APPLICATION FAILED TO START',
      '***************************',
      '',
      'Description:',
      '',
      "Failed to configure a DataSource: 'url' attribute is not specified and no embedded datasource could be configured.",
      '',
      'Reason: Failed to determine a suitable driver class',
      '',
      'Action:',
      '',
      'Consider the following:',
      '\tIf you want an embedded database (H2, HSQL or Derby), please put it on the classpath.',
      '',
    ].join('\n');
    expect(matchedCause(log, 1)?.[0]).toBe('missing-config');
  });
});

describe('code-bug is the last resort', () => {
  test.each([
    [
      'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:10 +0x1d\nexit status 2\n',
      2,
      'panic: runtime error: index out of range [3] with length 3',
    ],
    [
      "thread 'main' panicked at src/main.rs:4:5:\nnothing here\nnote: run with `RUST_BACKTRACE=1`\n",
      101,
      "thread 'main' panicked at src/main.rs:4:5:",
    ],
    [
      "/app/x.js:3\n  user.name.first\n            ^\n\nTypeError: Cannot read properties of undefined (reading 'first')\n    at x (/app/x.js:3:13)\n\nNode.js v22.1.0\n",
      1,
      "TypeError: Cannot read properties of undefined (reading 'first')",
    ],
    [
      'Exception in thread "main" java.lang.IllegalStateException: no\n\tat com.example.Main.main(Main.java:3)\n',
      1,
      'Exception in thread "main" java.lang.IllegalStateException: no',
    ],
    [
      'PHP Fatal error:  Uncaught Error: Call to undefined function foo() in /app/x.php:3\nStack trace:\n#0 {main}\n  thrown in /app/x.php on line 3\n',
      255,
      'PHP Fatal error:  Uncaught Error: Call to undefined function foo() in /app/x.php:3',
    ],
    ['fatal error: all goroutines are asleep - deadlock!\n', 2, 'fatal error: all goroutines are asleep - deadlock!'],
  ])('%j', (log, exitCode, line) => {
    expect(matchedCause(log, exitCode)).toEqual(['code-bug', line]);
  });

  test('a trace is quoted by the exception that closes it', () => {
    const log =
      'Traceback (most recent call last):\n  File "/app/x.py", line 3, in <module>\n    1 / 0\nZeroDivisionError: division by zero\n';
    expect(matchedCause(log, 1)).toEqual(['code-bug', 'ZeroDivisionError: division by zero']);
    expect(matchedCause(log.slice(0, 60), 1)).toEqual(['code-bug', 'Traceback (most recent call last):']);
  });

  test("Go's nil pointer is a bug and no native crash, with its signal line", () => {
    const log = [
      'panic: runtime error: invalid memory address or nil pointer dereference',
      '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48f0b1]',
      '',
      'goroutine 1 [running]:',
      'main.(*Server).Start(0x0)',
      '\t/app/server.go:31 +0x11',
      '',
    ].join('\n');
    expect(matchedCause(log, 2)).toEqual(['code-bug', 'panic: runtime error: invalid memory address or nil pointer dereference']);
  });

  test('a panic that wraps a refused connection is the refused connection', () => {
    const log =
      'panic: dial tcp 10.0.0.5:5432: connect: connection refused\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:9 +0x5\n';
    expect(matchedCause(log, 2)?.[0]).toBe('dep-refused');
  });
});

describe('exit codes', () => {
  test('127 makes the missing command certain, whatever was said after it', () => {
    const log = '/entrypoint.sh: line 3: aws: command not found\nError: API_KEY is not set\n';
    expect(matchedCause(log, 127)?.[0]).toBe('bad-command');
    expect(matchedCause(log, 1)?.[0]).toBe('bad-command');
    const far = `${log}${Array.from({ length: 9 }, (_, n) => `step ${n}`).join('\n')}\nError: API_KEY is not set\n`;
    expect(matchedCause(far, 127)?.[0]).toBe('bad-command');
    expect(matchedCause(far, 1)?.[0]).toBe('missing-config');
  });

  test('143 after a request to stop is a stop, and what was logged before is no cause (trap 6)', () => {
    const log = 'ERROR connect ECONNREFUSED 10.0.0.5:5432\n{"level":"info","msg":"SIGTERM received, draining"}\n';
    expect(matchedCause(log, 143)).toBeUndefined();
    expect(matchedCause(log, 0)).toBeUndefined();
    expect(matchedCause(log, 1)?.[0]).toBe('dep-refused');
  });
});

describe('what is quoted', () => {
  test('the line without time stamp and colours, with its number in the whole log (trap 79)', () => {
    const before = Array.from({ length: 500 }, (_, row) => `row ${row}`).join('\n');
    const log = `${before}\n2026-11-22T11:04:36.698801217Z \u001B[31mError: listen EADDRINUSE: address already in use :::80\u001B[0m\r\n`;
    expect(matchLogSignature(log, { exitCode: 1 })).toEqual({
      cause: 'port-in-use',
      line: 'Error: listen EADDRINUSE: address already in use :::80',
      lineNumber: 501,
      signature: 'eaddrinuse',
    });
  });

  test('lines of the runtime file format', () => {
    expect(matchedCause('2026-11-22T11:04:36.698801217Z stderr F fatal error: runtime: out of memory\n', 2)).toEqual([
      'heap-oom',
      'fatal error: runtime: out of memory',
    ]);
  });

  test('the words of the kubelet where a log should be are no log (trap 64)', () => {
    expect(matchedCause('unable to retrieve container logs for containerd://8f3a: no such file or directory')).toBeUndefined();
    expect(
      matchedCause(
        'failed to try resolving symlinks in path "/var/log/pods/x/0.log": lstat /var/log/pods/x/0.log: no such file or directory',
      ),
    ).toBeUndefined();
  });

  test('nothing is found in nothing', () => {
    expect(matchLogSignature('')).toBeUndefined();
    expect(matchLogSignature('\n\n')).toBeUndefined();
    expect(matchLogSignature('ready\n', { exitCode: 1 })).toBeUndefined();
  });
});
