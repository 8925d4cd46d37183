import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDoctorDouble, type DoctorDoubleOptions } from '../collector/doctor/doctor-double.ts';
import { runMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { startTestServer } from '../support/test-server.ts';

async function doctor(options: DoctorDoubleOptions, args: readonly string[], key = '') {
  const double = await startDoctorDouble(options);
  onTestFinished(() => double.close());
  const file = join(await temporaryDirectory(), 'kubeconfig');
  const config = {
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server: double.url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return runMortem(['doctor', '--kubeconfig', file, ...args], { env: { MORTEM_KEY: key } });
}

test('everything there: exit 0, a real server knows its key', async () => {
  const server = await startTestServer();
  const { code, stdout, stderr } = await doctor({}, ['--server', server.url], server.key);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [checks = '', rights = '', role] = stdout.split('\n\n');
  expect(checks.split('\n').map((line) => line.split(/ {3,}/).slice(0, 2))).toEqual([
    ['CHECK', 'OK'],
    ['kubernetes-api', 'yes'],
    ['kubernetes-clock', 'yes'],
    ['metrics-api', 'yes'],
    ['server', 'yes'],
    ['key', 'yes'],
    ['server-clock', 'yes'],
  ]);
  expect(rights.split('\n')[1]?.split(/ {3,}/)).toEqual(['list', 'pods', '*', 'yes', 'states, restarts and deaths of containers', '-']);
  expect(role).toContain('rules:\n  - apiGroups:');
  expect(await server.deps.store.pendingBatches(1)).toEqual([]);
});

test('a right is missing: exit 3, and what is lost without it', async () => {
  const { code, stdout } = await doctor({ denied: 'get /pods/log' }, ['-n', 'shop']);
  expect(code).toBe(3);
  const denied = stdout.split('\n').filter((line) => /   no   /.test(line));
  expect(denied.map((line) => line.split(/ {3,}/))).toEqual([
    [
      'get',
      'pods/log',
      'shop',
      'no',
      'the last lines of dead and of unready containers',
      'all logs: causes that only a log proves become unknown-app-exit (RBAC says no)',
    ],
  ]);
});

test('the same as JSON, for scripts', async () => {
  const server = await startTestServer();
  const { code, stdout } = await doctor({ denied: 'watch /events' }, ['-o', 'json', '--no-nodes', '--server', server.url], 'mk_wrong');
  expect(code).toBe(3);
  const report = JSON.parse(stdout) as { checks: { name: string; ok: boolean }[]; access: { resource: string; allowed: string }[] };
  expect(report).toMatchObject({ apiVersion: 'mortem.dev/v1', kind: 'DoctorReport', healthy: false });
  expect(report.checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'key', detail: expect.stringContaining('not known') as string }]);
  expect(report.access.filter(({ allowed }) => allowed !== 'yes')).toEqual([
    {
      verb: 'watch',
      apiGroup: '',
      resource: 'events',
      allowed: 'no',
      neededFor: 'what the kubelet, the scheduler and the controllers say',
      lost: 'events after the start: only what was there then is seen',
      reason: 'RBAC says no',
    },
  ]);
  expect(report.access.some(({ resource }) => resource === 'nodes')).toBe(false);
});

test('a server that is no address is a usage error', async () => {
  const { code, stderr } = await doctor({}, ['--server', 'mortem']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'mortem: "mortem" is no address of a server. Use https://HOST[:PORT].\n' });
});
