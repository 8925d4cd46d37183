import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { generate, type CertificateExtension } from 'selfsigned';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { connectToCluster } from '../../../collector/connect.ts';
import { createSystemClock } from '../../../collector/system-clock.ts';
import { createKubernetesApi } from '../../../collector/watch/kubernetes-api.ts';
import { readText } from '../../../collector/watch/read-body.ts';

interface Pair {
  readonly key: string;
  readonly cert: string;
}

async function issue(name: string, extensions: CertificateExtension[], ca?: Pair): Promise<Pair> {
  const pems = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions,
    ...(ca && { ca }),
  });
  return { key: pems.private, cert: pems.cert };
}

const isAuthority: CertificateExtension = { name: 'basicConstraints', cA: true, critical: true };
let authority: Pair;
let serving: Pair;
const clients: Pair[] = [];
beforeAll(async () => {
  authority = await issue('test-ca', [isAuthority, { name: 'keyUsage', keyCertSign: true }]);
  const altNames = [{ type: 7 as const, ip: '127.0.0.1' }];
  serving = await issue('apiserver', [{ name: 'subjectAltName', altNames }], authority);
  for (const name of ['first', 'second']) clients.push(await issue(name, [{ name: 'extKeyUsage', clientAuth: true }], authority));
});

/** An API server with TLS that says who asks: the bearer token and the name in the client's certificate. */
async function startTlsServer(): Promise<string> {
  const options = { ...serving, ca: authority.cert, requestCert: true, rejectUnauthorized: false };
  const server = createServer(options, (request, response) => {
    const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
    const name = certificate?.subject.replace('CN=', '') ?? '';
    response.end(JSON.stringify([request.headers.authorization ?? '', name]));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** Asks once, with this user of a kubeconfig in this folder. */
async function clientFor(user: object, dir: string, ca = authority.cert): Promise<() => Promise<unknown>> {
  const file = join(dir, 'config');
  const cluster = { server: await startTlsServer(), 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  const kubeConfig = connectToCluster({ kubeconfig: file, env: {} });
  const api = createKubernetesApi({ kubeConfig, clock: createSystemClock(), userAgent: 'test' });
  return async () => {
    const response = await api.get({ path: '/version', signal: new AbortController().signal, timeoutMs: 10_000 });
    const body: unknown = JSON.parse(await readText(response.body, 1000));
    return body;
  };
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'mortem-credentials-'));

test('a token of the kubeconfig, and the authority in it', async () => {
  const ask = await clientFor({ token: 'opaque' }, folder());
  expect(await ask()).toEqual(['Bearer opaque', '']);
});

test('a server that another authority has signed is not talked to', async () => {
  const other = await issue('other-ca', [isAuthority]);
  const ask = await clientFor({ token: 'opaque' }, folder(), other.cert);
  await expect(ask()).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(/certificate/) });
});

test('a token file, as a pod has it: beside the kubeconfig, with its newline, read anew when it ages', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'token'), 'one\n');
  const ask = await clientFor({ tokenFile: 'token' }, dir);
  expect(await ask()).toEqual(['Bearer one', '']);
  writeFileSync(join(dir, 'token'), 'two\n');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await ask()).toEqual(['Bearer two', '']);
});

test('a client certificate', async () => {
  const data = (pem = ''): string => Buffer.from(pem).toString('base64');
  const user = { 'client-certificate-data': data(clients[0]?.cert), 'client-key-data': data(clients[0]?.key) };
  const ask = await clientFor(user, folder());
  expect(await ask()).toEqual(['', 'first']);
});

test('a credential plugin is asked again when what it gave has expired, certificates included, and knows that nobody is there', async () => {
  const dir = folder();
  const answers = clients.map(({ cert, key }) => ({ clientCertificateData: cert, clientKeyData: key }));
  writeFileSync(join(dir, 'answers.json'), JSON.stringify(answers));
  const plugin = `
    const fs = require('node:fs');
    const dir = ${JSON.stringify(dir)};
    fs.appendFileSync(dir + '/asked', process.env.KUBERNETES_EXEC_INFO + '\\n');
    const times = fs.readFileSync(dir + '/asked', 'utf8').trimEnd().split('\\n').length;
    const answer = JSON.parse(fs.readFileSync(dir + '/answers.json', 'utf8'))[times - 1];
    const expirationTimestamp = new Date(0).toISOString();
    console.log(JSON.stringify({ kind: 'ExecCredential', status: { token: 'token-' + times, expirationTimestamp, ...answer } }));`;
  writeFileSync(join(dir, 'plugin.cjs'), plugin);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [join(dir, 'plugin.cjs')], env: null };
  const ask = await clientFor({ exec }, dir);
  expect([await ask(), await ask()]).toEqual([
    ['Bearer token-1', 'first'],
    ['Bearer token-2', 'second'],
  ]);
  const [info = ''] = readFileSync(join(dir, 'asked'), 'utf8').split('\n');
  expect(JSON.parse(info)).toEqual({ kind: 'ExecCredential', apiVersion: exec.apiVersion, spec: { interactive: false } });
});
