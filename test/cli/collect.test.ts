import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { spoolDirOf } from '../../cli/spool-dir.ts';
import { openFileSpool } from '../../collector/spool/file-spool.ts';
import { startApiServer, type ApiServer } from '../../replay/api-server.ts';
import type { FaultHook } from '../../replay/fault.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import type { WatchEntry } from '../../replay/recording.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { runMortem, startMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { startTestServer } from '../support/test-server.ts';

const recordings = join(import.meta.dirname, '../recordings');

function kubeconfigIn(folder: string, server: string): string {
  const file = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** A replayed cluster at the end of a recording's time, and the pod lines of it up to the first death. */
async function startCluster(recording: string, fault?: FaultHook): Promise<{ api: ApiServer; lines: readonly WatchEntry[] }> {
  const recorded = await loadRecording(join(recordings, recording));
  const api = await startApiServer({ recordings: [recorded], clock: createReplayClock(recorded.endAt), ...(fault && { fault }) });
  onTestFinished(() => api.close());
  const pods = recorded.entries.filter(({ resource }) => resource === 'pods');
  const death = pods.findIndex(({ object }) => JSON.stringify(object).includes('"terminated"'));
  return { api, lines: pods.slice(0, death + 1) };
}

/** The command as a pod runs it; resolves when it serves its operations. */
async function startCollecting(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = startMortem(['collect', '--listen', '127.0.0.1:0', ...args], env);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stderr! })) {
    const port = /"port":(\d+).*"event":"operations-served"/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stderr!.resume();
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    return { child, ended, get };
  }
  throw new Error('the collector ended before it served anything');
}

test('SIGTERM: what was observed is shipped, the log on its way too, and the spool is left empty', async () => {
  const logAsked = Promise.withResolvers<void>();
  const { api, lines } = await startCluster('s12-oom-main', ({ path }) => void (path.endsWith('/log') && logAsked.resolve()));
  const server = await startTestServer();
  const folder = await temporaryDirectory();
  const spool = join(folder, 'spool');
  const { child, ended, get } = await startCollecting(
    ['--server', server.url, '--kubeconfig', kubeconfigIn(folder, api.url), '--spool', spool, '--cluster', 'test'],
    { MORTEM_KEY: `${server.key}\n` },
  );
  expect(await get('/healthz')).toBe('ok\n');
  while ((await get('/readyz')) !== 'ok\n');
  for (const line of lines) api.emit(line);
  await logAsked.promise;
  expect(await get('/metrics')).toContain('mortem_collector_source_open{resource="pods",namespace=""} 1');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);

  const left = await openFileSpool({ dir: spoolDirOf(spool, 'test') });
  expect(existsSync(join(spoolDirOf(spool, 'test'), 'known-pods.ndjson'))).toBe(true);
  expect(left.size()).toMatchObject({ observations: 0, bytes: 0, dropped: 0 });
  await left.close();
  await server.idle();
  const stored = await server.deps.store.observationsOf({ cluster: 'test', namespace: 's12-oom-main', kind: 'Deployment', name: 'cache' });
  const versions = stored.flatMap((one) => (one.kind === 'pod' ? [one.resourceVersion] : []));
  expect(versions).toContain(lines.at(-1)?.object.metadata.resourceVersion);
  expect(versions.length).toBeGreaterThan(1);
  expect(stored.filter((one) => one.kind === 'log' && one.final)).toHaveLength(1);
});

test('a node is collected by its name', async () => {
  const asked = Promise.withResolvers<string | null>();
  const { api } = await startCluster(
    's12-oom-main',
    ({ path, query }) => void (path === '/api/v1/pods' && asked.resolve(query.get('fieldSelector'))),
  );
  const folder = await temporaryDirectory();
  const args = ['--server', 'http://127.0.0.1:9', '--kubeconfig', kubeconfigIn(folder, api.url), '--node', 'node-1'];
  const { child, ended } = await startCollecting(args, { MORTEM_KEY: 'k', XDG_STATE_HOME: folder });
  expect(await asked.promise).toBe('spec.nodeName=node-1');
  child.kill('SIGKILL');
  await ended;
});

describe('what it cannot work with', () => {
  const base = ['collect', '--server', 'http://127.0.0.1:9'];
  test.each<[string, readonly string[], NodeJS.ProcessEnv, string]>([
    ['no key', base, { MORTEM_KEY: ' \n' }, 'MORTEM_KEY is not set'],
    ['a listen address', [...base, '--listen', 'here'], { MORTEM_KEY: 'k' }, '"here" is no address to listen on'],
    ['a node without a name', [...base, '--node', ''], { MORTEM_KEY: 'k', KUBECONFIG: 'FILE' }, '--node names no node'],
    [
      'two shards',
      [...base, '--node', 'a', '--unscheduled'],
      { MORTEM_KEY: 'k' },
      "option '--node <name>' cannot be used with option '--unscheduled'",
    ],
    ['a spool that is a file', [...base, '--spool', 'FILE'], { MORTEM_KEY: 'k', KUBECONFIG: 'FILE' }, 'The spool folder'],
  ])('%s is a usage error', async (_, args, env, message) => {
    const folder = await temporaryDirectory();
    const file = kubeconfigIn(folder, 'http://127.0.0.1:9');
    const here = (text: string) => (text === 'FILE' ? file : text);
    const environment = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value ?? '')]));
    const { code, stderr } = await runMortem(args.map(here), { env: { XDG_STATE_HOME: folder, ...environment } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});
