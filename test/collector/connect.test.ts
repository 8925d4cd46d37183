import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { connectToCluster } from '../../collector/connect.ts';

const folder = mkdtempSync(join(tmpdir(), 'mortem-connect-'));
afterAll(() => rmSync(folder, { recursive: true }));

function kubeconfig(name: string, contexts: readonly string[], server = 'https://127.0.0.1:6443', skip = false): string {
  const file = join(folder, name);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0],
    clusters: contexts.map((context) => ({ name: context, cluster: { server, 'insecure-skip-tls-verify': skip } })),
    users: contexts.map((context) => ({ name: context, user: {} })),
    contexts: contexts.map((context) => ({ name: context, context: { cluster: context, user: context } })),
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

const one = kubeconfig('one', ['alpha', 'beta']);
const two = kubeconfig('two', ['gamma']);
const nowhere = { HOME: folder };

describe('where the cluster is looked for', () => {
  test('the file that is given', () => {
    expect(connectToCluster({ kubeconfig: one, env: nowhere }).getCurrentContext()).toBe('alpha');
  });

  test('its other context', () => {
    const connected = connectToCluster({ kubeconfig: one, context: 'beta', env: nowhere });
    expect(connected.getCurrentCluster()).toMatchObject({ name: 'beta', server: 'https://127.0.0.1:6443' });
  });

  test('all files of KUBECONFIG, the first one leading', () => {
    const connected = connectToCluster({ env: { ...nowhere, KUBECONFIG: `${one}:${two}` } });
    expect(connected.getCurrentContext()).toBe('alpha');
    expect(connected.getContexts().map(({ name }) => name)).toEqual(['alpha', 'beta', 'gamma']);
  });

  test.each([
    ['10.0.0.1', 'https://10.0.0.1:6443'],
    ['fd00::1', 'https://[fd00::1]:6443'],
  ])('the service account of the pod, at %s', (host, server) => {
    const connected = connectToCluster({ env: { ...nowhere, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: '6443' } });
    expect(connected.getCurrentCluster()?.server).toBe(server);
    expect(connected.getCurrentUser()?.authProvider).toEqual({
      name: 'tokenFile',
      config: { tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
    });
  });
});

const thrownBy = (connect: () => unknown): unknown => {
  try {
    return connect();
  } catch (error) {
    return error;
  }
};

test.each([
  ['nothing anywhere', { env: nowhere }, 'unreachable', /Give --kubeconfig FILE, set KUBECONFIG, or run inside a cluster/],
  [
    'a file that is not there',
    { kubeconfig: join(folder, 'absent'), env: nowhere },
    'usage',
    /Cannot read the kubeconfig .*absent.*Check --kubeconfig/,
  ],
  ['an unknown context', { kubeconfig: one, context: 'delta', env: nowhere }, 'usage', /no context "delta". It has: alpha, beta/],
  ['no current context', { kubeconfig: kubeconfig('empty', []), env: nowhere }, 'usage', /selects no cluster/],
  ['an unencrypted server', { kubeconfig: kubeconfig('plain', ['p'], 'http://10.0.0.1:8080'), env: nowhere }, 'usage', /not encrypted/],
])('%s is said with the way out', (_, options, code, message) => {
  expect(thrownBy(() => connectToCluster(options))).toMatchObject({ name: 'MortemError', code, message: expect.stringMatching(message) });
});

test('an unencrypted server that is trusted explicitly', () => {
  const connected = connectToCluster({ kubeconfig: kubeconfig('trusted', ['p'], 'http://127.0.0.1:8001', true), env: nowhere });
  expect(connected.getCurrentCluster()?.server).toBe('http://127.0.0.1:8001');
});
