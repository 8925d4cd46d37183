import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished, describe, expect, test } from 'vitest';
import { createCollector } from '../../collector/create-collector.ts';
import { createHttpSender } from '../../collector/ship/http-sender.ts';
import { openFileSpool } from '../../collector/spool/file-spool.ts';
import { createSystemClock } from '../../collector/system-clock.ts';
import { startServer } from '../../functions/serve.ts';
import { getTimeline } from '../../functions/usecases/get-timeline.ts';
import { startSmallCluster } from '../collector/support/small-cluster.ts';
import { plantedFormats } from '../support/planted-formats.ts';
import { strictLogger } from '../support/replayed.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const at = '2026-11-22T11:00:00Z';
const stamp = '2026-11-22T10:59:59.123456789Z ';
const texts = plantedFormats.map(({ text }) => text);
const log = ['starting', ...texts, 'panic: no database']
  .flatMap((text) => text.split('\n'))
  .map((line) => `${stamp}${line}\n`)
  .join('');
/** What no observation may carry, whatever it looks like. */
const foreign = ['plain-env-value', 'annotation-of-others', 'header-of-a-probe', 'applied-configuration'];

const containerID = `containerd://${'a'.repeat(64)}`;
const terminated = { exitCode: 1, reason: 'Error', message: texts.slice(0, 20).join('\n'), startedAt: at, finishedAt: at, containerID };
const pod = {
  metadata: {
    namespace: 'n', name: 'p', uid: 'u', resourceVersion: '5', creationTimestamp: at,
    annotations: { 'example.com/private': foreign[1], 'kubectl.kubernetes.io/last-applied-configuration': foreign[3] },
  },
  spec: {
    containers: [{
      name: 'c', image: 'i',
      args: texts, command: ['serve', '--password', plantedFormats[0]!.secret],
      env: [{ name: 'PLAIN', value: foreign[0] }, ...texts.map((value, index) => ({ name: `E${index}`, value }))],
      livenessProbe: { httpGet: { path: `/healthz?token=${plantedFormats[1]!.secret}`, port: 80, httpHeaders: [{ name: 'X-Any', value: foreign[2] }] } },
    }],
  },
  status: {
    phase: 'Running', message: texts.slice(20, 40).join('\n'),
    conditions: [{ type: 'Ready', status: 'False', message: texts.slice(40).join('\n') }],
    containerStatuses: [{
      name: 'c', restartCount: 3, containerID,
      state: { waiting: { reason: 'CrashLoopBackOff', message: texts.join('\n') } }, lastState: { terminated },
    }],
  },
}; // prettier-ignore
const events = texts.map((message, index) => ({
  metadata: { namespace: 'n', name: `e${index}`, uid: `e${index}`, resourceVersion: String(10 + index), creationTimestamp: at },
  involvedObject: { kind: 'Pod', namespace: 'n', name: 'p', uid: 'u' },
  reason: 'Failed',
  type: 'Warning',
  message,
  count: 1,
  firstTimestamp: at,
  lastTimestamp: at,
}));
const deployment = {
  metadata: {
    namespace: 'n', name: 'd', uid: 'd', resourceVersion: '6', creationTimestamp: at,
    annotations: { 'kubernetes.io/change-cause': texts.join('\n'), 'example.com/private': foreign[1] },
  },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'c', image: 'i' }] } } },
  status: { conditions: [{ type: 'Progressing', status: 'True', message: texts.join('\n') }] },
}; // prettier-ignore

/** The bytes of every file in a folder, those of compressed ones inflated. */
async function allBytes(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
  return contents.map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1')).join('\n');
}

/** One run of the real collector over the cluster into the real server, and everything that lay or was shown anywhere. */
async function collectAndRead(): Promise<Record<'spool' | 'wire' | 'disk' | 'documents', string>> {
  const [dataDir, spoolDir] = await Promise.all([temporaryDirectory(), temporaryDirectory()]);
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: strictLogger, openReads: true });
  onTestFinished(() => server.close());
  const cluster = await startSmallCluster({
    objects: { pods: [pod], events, deployments: [deployment] },
    answers: {
      '/api/v1/namespaces/n/pods/p': (response) => response.end(JSON.stringify({ kind: 'Pod', ...pod })),
      '/api/v1/namespaces/n/pods/p/log': (response) => response.end(log),
    },
  });
  onTestFinished(() => cluster.close());
  const clock = createSystemClock();
  const spool = await openFileSpool({ dir: spoolDir });
  const send = createHttpSender({ url: server.url, key: server.deps.issueSessionKey('prod'), collector: 'test/1', clock });
  const seen = { spool: '', wire: '' };
  const logShipped = Promise.withResolvers<void>();
  const collector = createCollector({
    kubeConfig: cluster.kubeConfig,
    server: {
      async send(batch) {
        const lines = gunzipSync(batch.body).toString('utf8');
        seen.wire += lines;
        seen.spool += await allBytes(spoolDir);
        if (lines.includes('"kind":"log"')) logShipped.resolve();
        return send(batch);
      },
    },
    cluster: 'prod', name: 'c1', version: '1', namespaces: [], clock, random: () => 0.5, logger: strictLogger, spool,
  }); // prettier-ignore
  const stop = new AbortController();
  const run = collector.run(stop.signal);
  await logShipped.promise;
  stop.abort();
  await run;
  await spool.close();
  await server.idle();
  const incidents = await server.deps.store.incidents({ cluster: 'prod' });
  const documents = await Promise.all(incidents.map(async ({ id }) => (await getTimeline(server.deps, {}, id)).markdown));
  const answers = await Promise.all(
    [
      '/v1/incidents',
      ...incidents.flatMap(({ id }) => [`/incidents/${id}`, `/v1/incidents/${id}/timeline`, `/v1/incidents/${id}/draft`]),
    ].map(async (path) => (await fetch(`${server.url}${path}`)).text()),
  );
  return { ...seen, disk: await allBytes(dataDir), documents: [...documents, ...answers].join('\n') };
}

describe('planted credentials', () => {
  test('the table is as long as it claims, and no secret stands in another', () => {
    expect(plantedFormats.length).toBeGreaterThanOrEqual(60);
    expect(new Set(plantedFormats.map(({ secret }) => secret)).size).toBe(plantedFormats.length);
  });

  test('are in no spool, batch, blob, database or document, and what belongs to others never left', async () => {
    const places = await collectAndRead();
    // The way was really gone: what stood around the secrets is there.
    expect(places.spool).toContain('panic: no database');
    expect(places.wire).toContain('panic: no database');
    expect(places.disk).toContain('panic: no database');
    expect(places.documents).toContain('CrashLoopBackOff');
    for (const [place, bytes] of Object.entries(places)) {
      const found = [
        ...plantedFormats.filter(({ secret }) => bytes.includes(secret)).map(({ format }) => format),
        ...foreign.filter((text) => bytes.includes(text)),
      ];
      expect({ place, found }).toEqual({ place, found: [] });
    }
  }, 60_000);
});
