import { mkdtempSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '#core/incident/incident.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { startReplay, type Replay } from '../../replay/play.ts';
import { runMortem, startMortem } from '../support/run-mortem.ts';
import { recordingDir } from '../support/truth.ts';

/** The commands that stay up, against a cluster that is a recording played at a hundred times its speed. */

const name = 's05-crash-missing-env';
let cluster: Replay;
/** The collector lists owners, pods, then events: once it watches events, it watches everything. */
let watched: Promise<void>;
let kubeconfig: string;
let dir: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mortem-live-'));
  kubeconfig = join(dir, 'kubeconfig');
  const { promise, resolve } = Promise.withResolvers<void>();
  watched = promise;
  cluster = await startReplay({
    recordings: [await loadRecording(recordingDir(name))],
    pace: { times: 50 },
    fault: ({ path, query }) => {
      if (path.endsWith('/events') && query.has('watch')) resolve();
      return undefined;
    },
  });
  writeFileSync(kubeconfig, cluster.kubeconfig);
});

afterEach(() => cluster.close());

/** Resolves with the first line on stderr that matches. */
function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    createInterface({ input: child.stderr! }).on('line', (line) => {
      lines.push(line);
      if (pattern.test(line)) resolve(line);
    });
    child.on('close', () => reject(new Error(`ended before ${String(pattern)}: ${lines.join('\n')}`)));
  });
}

function endOf(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  return ended;
}

function essence(incidents: readonly Incident[]) {
  return incidents.map(({ cluster: of, namespace, workload, chapters }) => [
    of,
    namespace,
    `${workload.kind}/${workload.name}`,
    ...chapters.map((chapter) => chapter.symptom),
  ]);
}

async function stored(data: string): Promise<readonly Incident[]> {
  const { stdout } = await runMortem(['get', 'incidents', '--data', data, '-o', 'json']);
  return (JSON.parse(stdout) as { items: readonly Incident[] }).items;
}

describe('mortem up', () => {
  test('records what a kubeconfig reaches, and what it recorded can be asked for afterwards', async () => {
    const data = join(dir, 'data');
    const up = startMortem(['up', '--kubeconfig', kubeconfig, '--context', 'replay', '--data', data, '--port', '0']);
    await lineOf(up, /^Recording cluster replay/);
    await watched;
    await cluster.play();
    expect(await endOf(up)).toBe(0);
    expect(essence(await stored(data))).toEqual([['replay', name, 'Deployment/api', 'CrashLoopBackOff']]);
    const { stdout } = await runMortem(['timeline', 'deploy/api', '-n', name, '--data', data]);
    expect(stdout).toContain(`# Timeline: Deployment \`api\` in \`${name}\``);
  });

  test('only the namespaces it is asked for', async () => {
    const data = join(dir, 'data');
    const up = startMortem(['up', '--kubeconfig', kubeconfig, '-n', 'elsewhere', '--data', data, '--port', '0']);
    await lineOf(up, /^Recording cluster replay/);
    await watched;
    await cluster.play();
    expect(await endOf(up)).toBe(0);
    expect(await stored(data)).toEqual([]);
  });

  test('a context that does not exist is named, with those that do', async () => {
    const { code, stderr } = await runMortem(['up', '--kubeconfig', kubeconfig, '--context', 'staging', '--data', join(dir, 'data')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/staging.*replay/);
  });
});

test('serve, keys and collect: the two halves apart, the cluster named by the key', async () => {
  const data = join(dir, 'data');
  const serve = startMortem(['serve', '--data', data, '--port', '0']);
  const [url = ''] = /http:\/\/[^/]+/.exec(await lineOf(serve, /listens on/)) ?? [];
  const key = (await runMortem(['keys', 'create', '--cluster', 'prod-eu-1', '--data', data])).stdout.trim();
  const collect = startMortem(['collect', '--kubeconfig', kubeconfig, '--server', url], {
    MORTEM_KEY: key,
    XDG_STATE_HOME: join(dir, 'state'),
  });
  await lineOf(collect, /^Collecting from replay/);
  await watched;
  await cluster.play();
  expect(await endOf(collect)).toBe(0);
  expect(await endOf(serve)).toBe(0);
  expect(essence(await stored(data))).toEqual([['prod-eu-1', name, 'Deployment/api', 'CrashLoopBackOff']]);
});

test('collect without a key says where to get one', async () => {
  const { code, stderr } = await runMortem(['collect', '--kubeconfig', kubeconfig, '--server', 'http://127.0.0.1:9'], {
    env: { MORTEM_KEY: '' },
  });
  expect(code).toBe(2);
  expect(stderr).toBe('mortem: MORTEM_KEY is not set. Make a key on the server: mortem keys create --cluster NAME\n');
});
