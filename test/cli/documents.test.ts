import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findManagedBlocks } from '#core/report/managed-blocks.ts';
import { hour } from '#core/time/instant.ts';
import { observationId } from '#core/wire/observation-id.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { reevaluate } from '../../functions/usecases/reevaluate.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';
import { runMortem } from '../support/run-mortem.ts';
import { observationsRequest } from '../support/send-batch.ts';

const cluster = 's24-seed-story';

let server: RunningServer;
let key: string;
/** Of the recorded story, by the time at which the collector saw them. */
let observations: readonly Observation[];

beforeAll(async () => {
  const recorded = await startTestServer();
  await replayInto(recorded, cluster);
  const workload = { cluster, namespace: cluster, kind: 'Deployment', name: 'payments-api' };
  observations = (await recorded.deps.store.observationsOf(workload)).toSorted((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
  await recorded.close();
  server = await startTestServer();
  key = await createKey(server.deps, cluster);
});

afterAll(() => server.close());

async function send(batch: readonly Observation[]): Promise<void> {
  const answer = await fetch(`${server.url}/v1/observations`, observationsRequest(key, batch));
  expect([answer.status, await answer.json()]).toMatchObject([202, { rejected: [] }]);
  await server.idle();
}

/** Lets data time pass: nothing else happens until then. */
async function quietUntil(at: number): Promise<void> {
  const time = new Date(at).toISOString();
  const note = { kind: 'coverage', collector: 'test', note: 'heartbeat', from: time, to: time } as const;
  await send([{ ...note, id: observationId(note), observedAt: time, cluster }]);
  await reevaluate(server.deps);
  await server.idle();
}

function mortem(...args: readonly string[]) {
  return runMortem([...args, '--server', server.url], { env: { MORTEM_KEY: key } });
}

function blocksOf(document: string): ReadonlyMap<string, string> {
  return new Map(findManagedBlocks(document).blocks.map(({ name, content }) => [name, content]));
}

describe('a draft that people work on while the incident goes on', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mortem-documents-')), 'post-mortem.md');
  let edited: string;

  test('is written while the incident still changes', async () => {
    await send(observations.slice(0, -10));
    expect(await mortem('draft', 'deploy/payments-api', '-f', file)).toMatchObject({ code: 0, stderr: `Wrote ${file}\n` });
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('so this was made live and changes while data arrives');
    edited = written
      .replace('**Owner** TODO(human)', '**Owner** the platform team')
      .replace(
        /- \[ \] \*\*TODO\(human\):\*\* Rewrite in two[^\n]*/,
        '- [x] A tag nobody had pushed, a Secret nobody had made, a cache nobody bounds.',
      )
      .replace('is below what', 'was, we measured, below what')
      .replace('## Response', '## Response\n\nWe rolled back from the phone.');
    writeFileSync(file, edited);
  });

  test('ten more observations change what nobody touched, and nothing else', async () => {
    await send(observations.slice(-10));
    const { code, stdout, stderr } = await mortem('draft', 'deploy/payments-api', '-f', file, '--update');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Left, edited by hand: factors\n');
    expect(stderr).toMatch(/^Replaced: .*provenance/);
    const updated = readFileSync(file, 'utf8');
    const fresh = blocksOf((await mortem('draft', 'deploy/payments-api', '--target', 'file')).stdout);
    const [before, after] = [blocksOf(edited), blocksOf(updated)];
    expect(after.get('factors')).toBe(before.get('factors'));
    for (const name of ['provenance', 'summary', 'impact', 'steps', 'triggers', 'images', 'response'])
      expect(after.get(name)).toBe(fresh.get(name));
    // What stands between the generated parts is people's, to the byte.
    const between = (text: string) =>
      findManagedBlocks(text).blocks.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
    expect(between(updated)).toBe(between(edited));
    const lint = await mortem2('lint', file, '-o', 'json');
    const { files } = JSON.parse(lint.stdout) as { files: { findings: { rule: string; level: string }[] }[] };
    expect(files[0]?.findings.filter(({ rule, level }) => rule !== 'open-todo' && level === 'error')).toEqual([]);
  });
});

/** Without a server: what works on files alone. */
function mortem2(...args: readonly string[]) {
  return runMortem(args);
}

test('neither the zone nor the language of a machine shows in a document', async () => {
  await send(observations);
  const printed = (kind: string, env: NodeJS.ProcessEnv) =>
    runMortem([kind, 'deploy/payments-api', '--server', server.url], { env: { MORTEM_KEY: key, ...env } });
  for (const kind of ['timeline', 'draft']) {
    const plain = await printed(kind, { TZ: 'UTC' });
    expect(plain.stdout).toContain('11:04:44');
    for (const TZ of ['Pacific/Kiritimati', 'America/St_Johns']) {
      expect(await printed(kind, { TZ, LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' })).toEqual(plain);
    }
  }
});

describe('shapes', () => {
  beforeAll(() => send(observations));

  test('a timeline for a file has front matter, and one for a zone a second column', async () => {
    const { stdout } = await mortem('timeline', 'deploy/payments-api', '--target', 'file', '--timezone', 'Asia/Kolkata');
    expect(stdout).toMatch(/^---\ntitle: "Timeline: Deployment payments-api in s24-seed-story, 22 Nov 2026"\n/);
    expect(stdout).toContain('schema: "mortem.dev/timeline/v1"\n');
    expect(stdout).toContain('| UTC | Asia/Kolkata | T± |');
    expect(stdout).toContain('| 11:04:43 | 2026-11-22 16:34:43 | T-1s |');
    expect(stdout).not.toContain('\n# ');
  });

  test.each([
    [['timeline', '--target', 'slack'], 'A message is too short for it: post the draft.'],
    [['timeline', '--timezone', 'Mars/Olympus'], '"Mars/Olympus" is no time zone.'],
    [['timeline', '--version-number', 'two'], '"two" is no version. Use a whole number from 1; --versions lists them.'],
    [['draft', '--version-number', '0'], '"0" is no version.'],
  ])('%j is refused with a way out', async ([command = '', ...args], sentence) => {
    const refused = await mortem(command, 'deploy/payments-api', ...args);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(sentence);
  });

  test.each(['version=0', 'version=x', 'version=1&target=file', 'timezone=Mars/Olympus', 'target=slack'])(
    'timeline.md?%s is refused',
    async (query) => {
      const headers = { authorization: `Bearer ${key}` };
      const { items } = (await (await fetch(`${server.url}/v1/incidents`, { headers })).json()) as { items: { id: string }[] };
      const answer = await fetch(`${server.url}/v1/incidents/${items[0]?.id ?? ''}/timeline.md?${query}`, { headers });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    },
  );
});

describe('mortem explain', () => {
  beforeAll(() => send(observations));

  test('says what the rules made of a record, and where to read on', async () => {
    const { stdout } = await mortem('timeline', 'deploy/payments-api');
    const [, evidence = ''] = /\*\*`OOMKilled`\*\* container [^\n]*?\[(EV-[0-9a-f]{8})\]/.exec(stdout) ?? [];
    const explained = await mortem('explain', evidence, '-o', 'json');
    const { items } = JSON.parse(explained.stdout) as { items: { citedBy: { incident: string; chapters: unknown[]; links: unknown } }[] };
    expect(items[0]).toMatchObject({
      observation: { kind: 'pod' },
      citedBy: { chapters: [{ symptom: 'OOMKilled', cause: 'oom-container-limit', basis: 'observed', rule: 'oom-killed' }] },
    });
    const id = items[0]?.citedBy.incident ?? '';
    expect(items[0]?.citedBy.links).toEqual({
      page: `/incidents/${id}`,
      timeline: `/v1/incidents/${id}/timeline.md`,
      draft: `/v1/incidents/${id}/draft.md`,
    });
    expect((await mortem('explain', id)).stdout).toContain('rule: oom-killed\n');
  });
});

describe('what is stored when the incident has settled', () => {
  const settled = () => Math.max(...observations.map(({ observedAt }) => Date.parse(observedAt))) + hour;
  let stored: string;
  let id: string;

  beforeAll(() => send(observations));

  test('before that there is nothing, and it says when there will be', async () => {
    const none = await mortem('draft', 'deploy/payments-api', '--versions');
    expect(none).toMatchObject({ code: 0 });
    expect(none.stdout).toMatch(/^No draft of INC-[0-9a-f]{16} was stored yet: that happens when it has settled or ended\.\n$/);
    const refused = await mortem('draft', 'deploy/payments-api', '--version-number', '1');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('Leave the version out to have it made now.')]);
  });

  test('the draft writes itself', async () => {
    await quietUntil(settled());
    stored = (await mortem('draft', 'deploy/payments-api')).stdout;
    id = /INC-[0-9a-f]{16}/.exec(stored)?.[0] ?? '';
    expect(stored).toContain(', recovered, settled · data through 2026-11-22T11:12:36');
    expect(stored).not.toContain('made live');
    const versions = await mortem('draft', 'deploy/payments-api', '--versions');
    expect(versions.stdout.replaceAll(/ {3,}/g, '   ')).toMatch(
      /^VERSION   DATA-THROUGH   INPUT\n1   2026-11-22T11:12:36\S*   sha256:[0-9a-f]{16}\n$/,
    );
  });

  test('a late record makes a new version; the old one stays as it was', async () => {
    const event = observations.find((item) => item.kind === 'event' && item.reason === 'BackOff');
    if (event?.kind !== 'event') throw new Error('the story has no back-off');
    const late = {
      ...event,
      uid: 'late-event',
      resourceVersion: '1',
      reason: 'Unhealthy',
      message: 'Liveness probe failed: HTTP probe failed with statuscode: 503',
    };
    await send([{ ...late, id: observationId(late) }]);
    const now = (await mortem('timeline', 'deploy/payments-api')).stdout;
    expect(now).toContain('statuscode: 503');
    const list = await mortem('draft', 'deploy/payments-api', '--versions', '-o', 'json');
    expect(JSON.parse(list.stdout)).toMatchObject({
      kind: 'DocumentVersionList',
      document: 'draft',
      items: [{ version: 1 }, { version: 2 }],
    });
    expect((await mortem('draft', 'deploy/payments-api', '--version-number', '1')).stdout).toBe(stored);
    const timeline = await mortem('timeline', 'deploy/payments-api', '--version-number', '1');
    expect(timeline.stdout).toContain('# Timeline');
    expect(timeline.stdout).not.toContain('statuscode: 503');
    expect((await mortem('timeline', 'deploy/payments-api', '--version-number', '2')).stdout).toBe(now);
    const refused = await mortem('draft', 'deploy/payments-api', '--version-number', '3');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('has versions 1 to 2, not 3.')]);
  });

  test('what the workload does later makes none', async () => {
    await quietUntil(settled() + 24 * hour);
    const later = new Date(settled() + 12 * hour).toISOString();
    const pod = observations.find((item) => item.kind === 'pod');
    if (pod?.kind !== 'pod') throw new Error('the story has no pod');
    const other = { ...pod, uid: 'another-pod', name: 'payments-api-6479565d74-later', createdAt: later, resourceVersion: '99999999' };
    await send([{ ...other, id: observationId(other), observedAt: later }]);
    const list = await mortem('draft', id, '--versions', '-o', 'json');
    expect((JSON.parse(list.stdout) as { items: unknown[] }).items).toHaveLength(2);
  });
});
