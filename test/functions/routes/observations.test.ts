import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { deployment, event, key as workload, log, pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { batchRequest, ndjson, observationsRequest, sha256 } from '../../support/send-batch.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

async function post(server: TestServer, request: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}/v1/observations`, request);
  return { status: response.status, body: await response.json() };
}

async function stored(server: TestServer): Promise<readonly Observation[]> {
  await server.idle();
  return server.deps.store.observationsOf(workload);
}

async function blobOf(server: TestServer, digest: string): Promise<string> {
  const batch = await server.deps.store.batch(`test/${digest}`);
  return gunzipSync(await readFile(join(server.dataDir, 'blobs', batch!.blobKey))).toString('utf8');
}

describe('POST /v1/observations', () => {
  test('keeps a batch and answers 202', async () => {
    const server = await startTestServer();
    const observations = [pod(1), event(2, { reason: 'BackOff', message: 'again' }), deployment(3)];
    const body = gzipSync(ndjson(observations));
    expect(await post(server, batchRequest(server.key, body))).toEqual({
      status: 202,
      body: { batch: sha256(body), accepted: 3, duplicates: 0, rejected: [] },
    });
    expect(await stored(server)).toEqual(expect.arrayContaining(observations));
    expect(await server.deps.store.batch(`test/${sha256(body)}`)).toMatchObject({
      cluster: 'test',
      accepted: 3,
      collector: 'mortem-collector/0.1.0',
      status: 'processed',
    });
  });

  test('the batch table and the blob say where and when', async () => {
    const clock = createManualClock('2026-11-22T23:59:59Z');
    const server = await startTestServer({ clock });
    const observations = [pod(1)];
    const body = gzipSync(ndjson(observations));
    await post(server, batchRequest(server.key, body));
    expect((await server.deps.store.batch(`test/${sha256(body)}`))?.blobKey).toBe(`observations/test/2026/11/22/${sha256(body)}.ndjson.gz`);
    expect(JSON.parse(await blobOf(server, sha256(body)))).toEqual(observations[0]);
  });

  test('the same bytes again are 202 and change nothing', async () => {
    const server = await startTestServer();
    const body = gzipSync(`${ndjson([pod(1), pod(2)])}{"kind":"pod"}\n`);
    const first = await post(server, batchRequest(server.key, body));
    const again = await post(server, batchRequest(server.key, body));
    expect(again).toEqual({ status: 202, body: { ...(first.body as object), duplicates: 2 } });
    expect(await stored(server)).toHaveLength(2);
  });

  test('the cluster comes from the key, whatever the lines say', async () => {
    const server = await startTestServer();
    await post(server, observationsRequest(server.key, [{ ...pod(1), cluster: 'somebody-else' }]));
    expect((await stored(server)).map(({ cluster }) => cluster)).toEqual(['test']);
  });

  test('credentials that the collector missed do not reach the disk', async () => {
    const server = await startTestServer();
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const body = gzipSync(ndjson([log(1, 'containerd://c1', `token ${secret}\n`)]));
    await post(server, batchRequest(server.key, body));
    expect(await blobOf(server, sha256(body))).not.toContain(secret);
    expect(JSON.stringify(await stored(server))).not.toContain(secret);
  });

  test('neither do those that stand where nobody reads: in a field of no schema or in one that is there twice', async () => {
    const server = await startTestServer();
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const [line = ''] = ndjson([event(1, { reason: 'BackOff', message: 'again' })]).split('\n');
    const sent = [`{"unknown":"${secret}",${line.slice(1)}`, `{"message":"${secret}",${line.slice(1)}`];
    for (const text of sent) {
      const body = gzipSync(`${text}\n`);
      expect(await post(server, batchRequest(server.key, body))).toMatchObject({ status: 202, body: { accepted: 1 } });
      expect(JSON.parse(await blobOf(server, sha256(body)))).toEqual(JSON.parse(line));
    }
  });

  test.each([
    [
      'the name of a gzip',
      (gzip: Buffer, name: Buffer) => Buffer.concat([gzip.subarray(0, 3), Buffer.of(8), gzip.subarray(4, 10), name, gzip.subarray(10)]),
    ],
    [
      'the name of a second member that holds nothing',
      (gzip: Buffer, name: Buffer) => {
        const empty = gzipSync('');
        return Buffer.concat([gzip, empty.subarray(0, 3), Buffer.of(8), empty.subarray(4, 10), name, empty.subarray(10)]);
      },
    ],
  ])('nor in %s', async (_, plant) => {
    const server = await startTestServer();
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const sent = pod(1);
    const body = plant(gzipSync(ndjson([sent])), Buffer.from(`${secret}\0`));
    expect(await post(server, batchRequest(server.key, body))).toMatchObject({ status: 202, body: { accepted: 1 } });
    const { blobKey } = (await server.deps.store.batch(`test/${sha256(body)}`))!;
    expect((await readFile(join(server.dataDir, 'blobs', blobKey))).includes(secret)).toBe(false);
    expect(JSON.parse(await blobOf(server, sha256(body)))).toEqual(sent);
  });

  test('of 10,000 lines with three bad ones the three are named and the rest is kept', async () => {
    const server = await startTestServer();
    const lines = Array.from({ length: 10_000 }, (_, index) => JSON.stringify(pod(index)));
    lines[16] = '{"kind":"pod"';
    lines[4999] = '{"kind":"weather"}';
    lines[9999] = JSON.stringify({ ...pod(1), namespace: '' });
    const { status, body } = await post(server, batchRequest(server.key, gzipSync(lines.join('\n'))));
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 9997,
      rejected: [
        { line: 17, reason: 'line is not valid JSON' },
        { line: 5000, reason: 'unknown kind "weather"' },
        { line: 10_000, reason: expect.stringMatching(/^namespace: /) as string },
      ],
    });
    expect(await stored(server)).toHaveLength(9997);
  });

  test('an invalid UTF-8 line is rejected by number, its neighbours stay', async () => {
    const server = await startTestServer();
    const bytes = Buffer.concat([
      Buffer.from(`${JSON.stringify(pod(1))}\n`),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from(JSON.stringify(pod(2))),
    ]);
    expect(await post(server, batchRequest(server.key, gzipSync(bytes)))).toMatchObject({
      status: 202,
      body: { accepted: 2, rejected: [{ line: 2, reason: 'line is not valid UTF-8' }] },
    });
  });

  test('a line nested deeper than the stack is rejected like any other', async () => {
    const server = await startTestServer();
    const nested = `{"kind":"pod","x":${'['.repeat(500_000)}null${']'.repeat(500_000)}}`;
    expect(await post(server, batchRequest(server.key, gzipSync(`${nested}\n${JSON.stringify(pod(1))}\n`)))).toMatchObject({
      status: 202,
      body: { accepted: 1, rejected: [{ line: 1, reason: 'line is nested too deeply' }] },
    });
  });

  test('a log with ANSI codes and a line of almost a megabyte is taken as it is', async () => {
    const server = await startTestServer();
    const text = `\u001b[31mfatal\u001b[0m\u0000 \ufffd\n${'x'.repeat(990_000)}\n`;
    expect(await post(server, observationsRequest(server.key, [log(1, 'containerd://c1', text)]))).toMatchObject({
      status: 202,
      body: { accepted: 1, rejected: [] },
    });
    expect(await stored(server)).toMatchObject([{ kind: 'log', text }]);
  });

  test('a batch of which no line is valid is answered line by line', async () => {
    const server = await startTestServer();
    expect(await post(server, batchRequest(server.key, gzipSync('nonsense\n\nmore\n')))).toMatchObject({
      status: 202,
      body: {
        accepted: 0,
        rejected: [
          { line: 1, reason: 'line is not valid JSON' },
          { line: 3, reason: 'line is not valid JSON' },
        ],
      },
    });
    expect(await stored(server)).toEqual([]);
  });

  test('two clusters that send the same bytes are two batches', async () => {
    const server = await startTestServer();
    const other = await createKey(server.deps, 'other');
    const body = gzipSync(ndjson([pod(1)]));
    await post(server, batchRequest(server.key, body));
    expect(await post(server, batchRequest(other, body))).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 0 } });
    await server.idle();
    expect(await server.deps.store.observationsOf({ ...workload, cluster: 'other' })).toHaveLength(1);
  });
});
