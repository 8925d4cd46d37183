import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftIncident } from '#core/report/draft-incident.ts';
import { lintDocument } from '#core/report/lint/lint-document.ts';
import { findManagedBlocks } from '#core/report/managed-blocks.ts';
import { reportIncidents } from '#core/report/report-incidents.ts';
import type { Target } from '#core/report/targets/target.ts';
import { container, deployment, ended, event, imageID, instant, key, log, pod, replicaSet } from '../../../support/build-observations.ts';
import { hostile } from '../../../support/hostile-texts.ts';
import { shapeOf } from '../../../support/markdown-shape.ts';

/** An incident in which everything that can come from outside is the given text; it has ended, so its draft is stored. */
function observationsWith(text: string) {
  const status = (id: string, from: number, image: string) =>
    container({
      name: 'app',
      image: image.slice(0, 300),
      imageID,
      imagePullPolicy: text.slice(0, 16),
      containerID: id,
      resources: { limits: { memory: text.slice(0, 100) }, requests: { memory: text.slice(0, 100) } },
      args: [text, `-Xmx64m ${text}`],
      envSources: [{ env: text.slice(0, 253), kind: 'Secret', name: 'x', key: text.slice(0, 253) }],
      state: ended(id, 137, from, from + 20, 'OOMKilled'),
    });
  return [
    deployment(0, {
      revision: text.slice(0, 60),
      changeCause: text,
      selector: { app: text.slice(0, 253) },
      gitops: { tool: text.slice(0, 60), revision: text.slice(0, 512) },
    }),
    replicaSet(0, { revision: '1', containers: [{ name: 'app', role: 'app', image: 'shop/api:old' }] }),
    replicaSet(2, {
      uid: 'rs-2',
      name: text.slice(0, 200),
      revision: text.slice(0, 60),
      revisionHash: '7d9f',
      containers: [{ name: 'app', role: 'app', image: `shop/${text}`.slice(0, 300) }],
    }),
    pod(31, {
      name: text.slice(0, 200),
      node: text.slice(0, 200),
      message: text,
      containers: [status('containerd://a', 5, `shop/${text}`)],
    }),
    event(29, { reason: 'BackOff', message: text }),
    event(28, { reason: text.slice(0, 100), message: text, uid: 'event-any' }),
    event(28, { reason: 'Killing', message: `Container app definition changed ${text}` }),
    log(32, 'containerd://a', `${text}\n${text}`),
    deployment(60, { deleted: true }),
  ];
}

const hostileKey = { ...key, namespace: 'shop', name: 'api' };

function draftWith(text: string): string {
  const [report] = reportIncidents(hostileKey, observationsWith(text), instant(90));
  const draft = report?.documents.find((document) => document.kind === 'draft')?.markdown;
  if (draft === undefined) throw new Error('no draft was stored');
  return draft;
}

const harmless = draftWith('harmless');
const known =
  /^(<details>\n<summary>Records that this document cites<\/summary>|<\/details>|<a id="ev-[0-9a-f]{16}">|<\/a>|<!-- mortem:begin [a-z]+ sha256=[0-9a-f]{16} -->|<!-- mortem:end [a-z]+ -->)$/;
// oxlint-disable-next-line no-control-regex -- looking for them is the point
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

function expectHarmless(text: string): void {
  const markdown = draftWith(text);
  const { tables, kinds, html, urls } = shapeOf(markdown);
  const expected = shapeOf(harmless);
  expect(tables.map((rows) => rows[0])).toEqual(expected.tables.map((rows) => rows[0]));
  expect(tables.every((rows) => rows.every((cells) => cells === rows[0]))).toBe(true);
  const counted = ['heading', 'code', 'blockquote', 'image', 'thematicBreak'];
  expect(counted.map((kind) => kinds[kind])).toEqual(counted.map((kind) => expected.kinds[kind]));
  expect(html.filter((value) => !known.test(value))).toEqual([]);
  expect(urls.filter((url) => url !== 'timeline.md' && !/^#ev-[0-9a-f]{16}$/.test(url))).toEqual([]);
  expect(acting.exec(markdown)).toBeNull();
  const { blocks, broken } = findManagedBlocks(markdown);
  expect([blocks.map((block) => block.name), blocks.filter((block) => block.edited), broken]).toEqual([
    findManagedBlocks(harmless).blocks.map((block) => block.name),
    [],
    [],
  ]);
  // Quoted text is neither an open question, nor a judgement, nor a citation.
  expect(lintDocument(markdown).filter((finding) => finding.rule !== 'open-todo')).toEqual([]);
}

describe('text from outside stays text', () => {
  test.each(hostile)('%j', (text) => {
    expectHarmless(text);
  });

  test('whatever the text is', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.constantFrom(...hostile), { maxLength: 3 }).map((parts) => parts.join(' ')),
    );
    fc.assert(fc.property(texts, expectHarmless), { numRuns: 60 });
  });

  test('a mention lives only inside a code span', () => {
    const outside = draftWith('@octocat')
      .replaceAll(/```[\s\S]*?```/g, '')
      .replaceAll(/`[^`\n]*`/g, '');
    expect(outside).not.toContain('@octocat');
  });

  test('no e-mail address survives, wherever it stands', () => {
    const addressed = 'deployed by jane.doe@corp.example for ops+oncall@mail.corp.example';
    for (const target of [undefined, 'file', 'github-issue', 'slack'] as const satisfies readonly (Target | undefined)[]) {
      const observations = observationsWith(addressed);
      const [report] = reportIncidents(hostileKey, observations, instant(90));
      const draft = draftIncident(
        { key: hostileKey, observations, watermark: instant(90) },
        report!.incident.id,
        target === undefined ? {} : { target },
      );
      expect(draft?.parts.join('')).not.toMatch(/@(?:mail\.)?corp\.example/);
    }
  });
});
