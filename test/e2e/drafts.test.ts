import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftIncident } from '#core/report/draft-incident.ts';
import { updateDocument } from '#core/report/draft/update-document.ts';
import { lintDocument } from '#core/report/lint/lint-document.ts';
import { findManagedBlocks } from '#core/report/managed-blocks.ts';
import { reportIncidents } from '#core/report/report-incidents.ts';
import { hour } from '#core/time/instant.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';

const names = ['s12-oom-main', 's21-job-backofflimit', 's24-seed-story'] as const;

let server: RunningServer;
const drafts = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  for (const name of names) {
    await replayInto(server, name);
    drafts.set(name, await draftOver(await incidentOf(name)));
  }
});

afterAll(() => server.close());

async function incidentOf(cluster: string) {
  const [incident, ...more] = await server.deps.store.incidents({ cluster });
  if (incident === undefined || more.length > 0) throw new Error(`${cluster} has ${more.length + 1} incidents`);
  return incident;
}

async function draftOver({ id }: { readonly id: string }, search = ''): Promise<string> {
  const answer = await fetch(`${server.url}/v1/incidents/${id}/draft.md${search}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
  return answer.text();
}

function draft(name: string): string {
  return drafts.get(name) ?? '';
}

async function materialOf(name: string): Promise<{ key: WorkloadKey; observations: readonly Observation[]; watermark: number }> {
  const { cluster, namespace, workload } = await incidentOf(name);
  const key = { cluster, namespace, kind: workload.kind, name: workload.name };
  return { key, observations: await server.deps.store.observationsOf(key), watermark: await server.deps.store.watermark(cluster) };
}

describe('what is stored, and what is made live', () => {
  test('a draft is stored once the incident has settled or ended', async () => {
    const { key, observations, watermark } = await materialOf('s24-seed-story');
    const kindsAt = (moment: number) =>
      reportIncidents(key, observations, moment).map(({ documents }) => documents.map(({ kind }) => kind));
    expect(kindsAt(watermark)).toEqual([[]]);
    expect(kindsAt(watermark + hour)).toEqual([['timeline', 'draft']]);
    const ended = await incidentOf('s21-job-backofflimit');
    expect((await server.deps.store.document(ended.id, 'draft'))?.markdown).toBe(draft('s21-job-backofflimit'));
  });

  test('before that it says that it is live; afterwards it is the stored one', async () => {
    expect(draft('s24-seed-story')).toContain('so this was made live and changes while data arrives');
    const { key, observations, watermark } = await materialOf('s24-seed-story');
    const [report] = reportIncidents(key, observations, watermark + hour);
    const stored = report?.documents.find(({ kind }) => kind === 'draft')?.markdown ?? '';
    expect(stored).not.toContain('live');
    const made = draftIncident({ key, observations, watermark: watermark + hour }, report?.incident.id ?? '');
    expect(made?.parts).toEqual([stored]);
  });

  test('an older id of the incident finds it', async () => {
    const material = await materialOf('s24-seed-story');
    const { aliases } = await incidentOf('s24-seed-story');
    expect(aliases.length).toBeGreaterThan(0);
    expect(aliases.map((alias) => draftIncident(material, alias)?.parts)).toEqual(aliases.map(() => [draft('s24-seed-story')]));
    expect(draftIncident(material, 'INC-0000000000000000')).toBeUndefined();
  });

  test('the shape can be asked for over HTTP, and a wrong wish is answered', async () => {
    const incident = await incidentOf('s12-oom-main');
    const file = await draftOver(incident, `?target=file&heading=${encodeURIComponent('Root cause(s)')}&timezone=Europe/Berlin`);
    expect(file).toMatch(/^---\ntitle: "Post-mortem \(draft\): Deployment cache in s12-oom-main, 22 Nov 2026"\n/);
    expect(file).toContain('\n## Root cause(s)\n');
    expect(file).toContain('| From, UTC | Europe/Berlin |');
    const slack = await fetch(`${server.url}/v1/incidents/${incident.id}/draft.md?target=slack`);
    expect(slack.headers.get('content-type')).toBe('application/json; charset=utf-8');
    for (const wrong of ['target=fax', 'timezone=Mars/Olympus', 'heading=']) {
      const answer = await fetch(`${server.url}/v1/incidents/${incident.id}/draft.md?${wrong}`);
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        400,
        expect.stringContaining(wrong.split('=')[0] ?? ''),
      ]);
    }
    expect((await fetch(`${server.url}/v1/incidents/INC-0000000000000000/draft.md`)).status).toBe(404);
  });
});

describe('a draft is a function of the set of observations', () => {
  test('any order and any repetition give the same bytes', async () => {
    const { key, observations, watermark } = await materialOf('s24-seed-story');
    const { id } = await incidentOf('s24-seed-story');
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat({ max: observations.length - 1 }), { maxLength: 40 }), (seed, again) => {
        const chosen = [...observations, ...again.flatMap((index) => observations[index] ?? [])];
        // Sorting by a hash with a seed is a permutation that a failing run can repeat.
        const order = (index: number) => createHash('sha256').update(`${seed}/${index}`).digest('hex');
        const shuffled = chosen
          .map((item, index) => [order(index), item] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, item]) => item);
        expect(draftIncident({ key, observations: shuffled, watermark }, id)?.parts).toEqual([draft('s24-seed-story')]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('edits survive an update', () => {
  test('ten more observations change only what nobody touched', async () => {
    const { key, observations, watermark } = await materialOf('s12-oom-main');
    const { id } = await incidentOf('s12-oom-main');
    const ordered = observations.toSorted((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
    const before = ordered.slice(0, -10);
    const earlier = Date.parse(before.at(-1)?.observedAt ?? '');
    const old = draftIncident({ key, observations: before, watermark: earlier }, id)?.parts[0] ?? '';
    const fresh = draftIncident({ key, observations, watermark }, id)?.parts[0] ?? '';
    const answer =
      '- [x] **TODO(human):** Rewrite in two or three sentences for a reader who was not there. The cache ran out of memory at each start.';
    const edited = old
      .replace(/- \[ \] \*\*TODO\(human\):\*\* Rewrite in two[^\n]*/, answer)
      .replace('**Owner** TODO(human)', '**Owner** the platform team')
      .replace('One replica is wanted, so a failure of its pod is the whole capacity', 'We ran one replica on purpose');
    const { text, report } = updateDocument(edited, fresh);
    expect(report.edited).toEqual(['factors']);
    expect(report.replaced).toEqual(expect.arrayContaining(['provenance', 'summary', 'impact', 'steps', 'evidence']));
    expect([report.missing, report.obsolete, report.broken]).toEqual([[], [], []]);
    for (const kept of [answer, '**Owner** the platform team', 'We ran one replica on purpose']) expect(text).toContain(kept);
    const contents = (document: string) => new Map(findManagedBlocks(document).blocks.map(({ name, content }) => [name, content]));
    for (const name of [...report.replaced, ...report.unchanged].filter((item) => item !== 'evidence')) {
      expect(contents(text).get(name)).toBe(contents(fresh).get(name));
    }
    // What was edited still cites what it cited, and that still leads somewhere.
    expect(lintDocument(text).filter(({ rule, level }) => rule !== 'open-todo' && level === 'error')).toEqual([]);
  });
});
