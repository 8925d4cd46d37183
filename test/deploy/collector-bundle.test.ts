import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startApiServer } from '../../replay/api-server.ts';
import { kubeconfigFor } from '../../replay/kubeconfig.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { spawnAsInImage } from '../support/spawn-as-in-image.ts';
import { startTestServer } from '../support/test-server.ts';

const root = resolve(import.meta.dirname, '../..');
// Outside the checkout: whatever the bundle does not carry is not there.
const folder = mkdtempSync(join(tmpdir(), 'mortem-bundle-'));
const app = join(folder, 'app');
const bundle = join(app, 'mortem-collector.mjs');

beforeAll(async () => {
  // Also for a user who is somebody else.
  chmodSync(folder, 0o755);
  mkdirSync(app);
  await promisify(execFile)(process.execPath, ['scripts/build-collector.mjs', bundle], { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder that belongs to the user of the image. */
function ownedFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  if (process.getuid?.() === 0) chownSync(path, 65_532, 65_532);
  return path;
}

async function startCluster() {
  const recording = await loadRecording(join(root, 'test/recordings/s12-oom-main'));
  const api = await startApiServer({ recordings: [recording], clock: createReplayClock(recording.endAt) });
  onTestFinished(() => api.close());
  return { api, lines: recording.entries };
}

test('runs alone, as nobody, with nothing to write to but its spool: becomes ready, ships what happens, and drains at SIGTERM', async () => {
  const { api, lines } = await startCluster();
  const server = await startTestServer();
  writeFileSync(join(app, 'kubeconfig'), kubeconfigFor(api.url));
  writeFileSync(join(app, 'key'), `${server.key}\n`);
  const spool = ownedFolder('spool');
  const child = spawnAsInImage({
    app,
    bundle,
    writable: spool,
    args: ['collect', `--server=${server.url}`, `--kubeconfig=${join(app, 'kubeconfig')}`, '--listen=127.0.0.1:0', `--spool=${spool}`],
    // As the manifests and the image set it.
    env: { MORTEM_KEY_FILE: join(app, 'key'), NODE_ENV: 'production', NODE_OPTIONS: '--max-old-space-size=256' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const said: string[] = [];
  let port: string | undefined;
  for await (const line of createInterface({ input: child.stderr! })) {
    said.push(line);
    port = /"port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) break;
  }
  if (port === undefined) throw new Error(`it ended before it served anything: ${said.join('\n')}`);
  child.stderr!.resume();
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  while ((await get('/readyz')) !== 'ok\n');
  for (const line of lines) api.emit(line);
  const logs = async () =>
    [...(await get('/metrics')).matchAll(/^mortem_collector_logs_total\S+ (\d+)$/gm)].map(([, count]) => Number(count));
  // All at once, so that of most instances the log is gone.
  while ((await logs()).reduce((sum, count) => sum + count, 0) < 4);
  expect(await get('/metrics')).toContain('mortem_collector_source_open{resource="pods",namespace=""} 1');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await server.idle();
  const [incident] = await server.deps.store.incidents({ cluster: 'test' });
  expect(incident).toMatchObject({ chapters: [{ symptom: 'OOMKilled' }], coverage: { terminationsSeen: 4, terminationsKnown: 4 } });
  const kept = readdirSync(spool, { recursive: true, encoding: 'utf8' });
  expect(kept.some((file) => file.endsWith('known-pods.ndjson'))).toBe(true);
  const owner = process.getuid?.() === 0 ? 65_532 : process.getuid?.();
  expect(kept.filter((file) => statSync(join(spool, file)).uid !== owner)).toEqual([]);
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
