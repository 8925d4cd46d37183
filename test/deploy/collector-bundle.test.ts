import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startSmallCluster } from '../collector/support/small-cluster.ts';

const root = resolve(import.meta.dirname, '../..');
// Outside the checkout: whatever the bundle does not carry is not there.
const folder = mkdtempSync(join(tmpdir(), 'mortem-bundle-'));
const bundle = join(folder, 'mortem-collector.mjs');

beforeAll(() => promisify(execFile)(process.execPath, ['scripts/build-collector.mjs', bundle], { cwd: root }));
afterAll(() => rmSync(folder, { recursive: true }));

test('runs alone: becomes ready, serves its metrics, and drains at SIGTERM', async () => {
  const cluster = await startSmallCluster();
  onTestFinished(() => cluster.close());
  const kubeconfig = join(folder, 'kubeconfig');
  const config = {
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server: cluster.url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const shipped: string[] = [];
  const server = createServer((request, response) => {
    shipped.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume().on('end', () => response.writeHead(202).end('{}'));
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  const args = [bundle, 'collect', '--server', url, '--kubeconfig', kubeconfig, '--listen=127.0.0.1:0', `--spool=${join(folder, 'spool')}`];
  const child = spawn(process.execPath, args, { cwd: folder, env: { MORTEM_KEY: 'mk_x' }, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let port: string | undefined;
  for await (const line of createInterface({ input: child.stderr })) {
    port = /"port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) break;
  }
  child.stderr.resume();
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  while ((await get('/readyz')) !== 'ok\n');
  expect(await get('/metrics')).toContain('mortem_collector_source_open');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(new Set(shipped)).toEqual(new Set(['POST /v1/observations Bearer mk_x']));
});

test('the image: no registry is named, no root, no shell, the bundle where the entrypoint looks', () => {
  const dockerfile = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8');
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(dockerfile.match(/^ARG .*$/gm)).toEqual(['ARG BUILD_IMAGE=node:24-slim', 'ARG BASE_IMAGE=distroless/nodejs24-debian13:nonroot']);
  expect(dockerfile.match(/^FROM .*$/gm)).toEqual(['FROM ${BUILD_IMAGE} AS build', 'FROM ${BASE_IMAGE}']);
  expect(last).toMatch(/^USER 65532:65532$/m);
  expect(last).not.toMatch(/^RUN /m);
  const [, copied] = /^COPY --from=build \S+ (\S+)$/m.exec(last) ?? [];
  expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(last)?.[1] ?? '')).toEqual(['/nodejs/bin/node', copied]);
});

test('the context of the image holds everything the bundle is made of', async () => {
  const { metafile } = await build({
    entryPoints: [join(root, 'cli/collector.ts')],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
    outfile: join(folder, 'unused.mjs'),
  });
  const copied = [...readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
    match[1]!.split(' '),
  );
  const outside = Object.keys(metafile.inputs).filter((input) => !copied.some((path) => input === path || input.startsWith(`${path}/`)));
  expect(outside).toEqual([]);
  const allowed = readFileSync(join(root, 'deploy', 'Dockerfile.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(copied.filter((path) => !allowed.includes(path))).toEqual([]);
});
