import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildDraft } from '#core/report/draft/build-draft.ts';
import { renderDraft } from '#core/report/draft/render-draft.ts';
import { findManagedBlocks } from '#core/report/managed-blocks.ts';
import { joinParts, splitParts } from '#core/report/targets/join-parts.ts';
import { renderDraftFor } from '#core/report/targets/render-draft-for.ts';
import { slackText } from '#core/report/targets/slack-text.ts';
import { splitDocument } from '#core/report/targets/split-document.ts';
import { paragraph, table } from '#core/report/block.ts';
import { quote, words } from '#core/report/inline.ts';
import { container, deployment, digest, ended, imageID, pod, replicaSet } from '../../../support/build-observations.ts';
import { builtFrom } from '../../../support/draft-of.ts';

const hash = 'a'.repeat(64);
const built = builtFrom(
  [
    deployment(0),
    replicaSet(0, { revision: '1' }),
    pod(26, {
      containers: [
        container({ imageID, resources: { limits: { memory: '64Mi' } }, state: ended('containerd://a', 137, 5, 25, 'OOMKilled') }),
      ],
    }),
  ],
  60,
);

describe('file', () => {
  test('has front matter in which every value is a string, and no second title', () => {
    const { mediaType, parts } = renderDraftFor('file', built, hash);
    const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(parts[0]) ?? [];
    expect([mediaType, parts.length]).toEqual(['text/markdown', 1]);
    expect(parse(matter)).toEqual({
      title: 'Post-mortem (draft): Deployment api in shop, 3 May 2026',
      id: built.incident.id,
      schema: 'mortem.dev/draft/v1',
      status: 'draft',
      tags: ['post-mortem', 'OOMKilled'],
      cluster: 'test',
      namespace: 'shop',
      workload: 'Deployment/api',
      window: { from: '2026-05-03T14:00:25Z', to: '2026-05-03T14:01:00Z' },
      phases: ['running'],
      images: [`shop/api:1.4.2@${digest}`],
      coverage: '1 of 1 terminations captured',
      input: `sha256:${hash}`,
    });
    expect(body).not.toMatch(/^# /m);
    expect(body).toContain('[timeline](timeline.md)');
  });

  test('has the same generated parts as the document without front matter', () => {
    const [file] = renderDraftFor('file', built, hash).parts;
    const shas = (document: string) => findManagedBlocks(document).blocks.map(({ name, sha }) => `${name} ${sha}`);
    expect(shas(file)).toEqual(shas(renderDraft(built, hash)));
  });

  test('whatever the names are, the front matter stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
        const incident = { ...built.incident, namespace: name, cluster: name, workload: { kind: 'Deployment', name } };
        const [file] = renderDraftFor('file', { ...built, incident }, hash).parts;
        const [, matter = ''] = /^---\n([\s\S]*?)\n---\n/.exec(file) ?? [];
        const values = parse(matter) as Record<string, unknown>;
        expect(Object.keys(values)).toEqual([
          'title',
          'id',
          'schema',
          'status',
          'tags',
          'cluster',
          'namespace',
          'workload',
          'window',
          'phases',
          'images',
          'coverage',
          'input',
        ]);
        expect(typeof values['namespace']).toBe('string');
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(['github-issue', 'github-pr', 'gitlab'] as const)('%s', (target) => {
  test('has a title, no front matter and no link that leads nowhere', () => {
    const [document] = renderDraftFor(target, built, hash).parts;
    expect(document).toMatch(/^# Post-mortem \(draft\)/);
    expect(document).not.toContain('timeline.md');
  });
});

describe('splitDocument', () => {
  const section = (title: string, bytes: number) => `## ${title}\n\n${'x'.repeat(bytes - title.length - 6)}\n\n`;

  test('cuts before sections, and loses nothing', () => {
    const document = `# T\n\n${section('one', 400)}${section('two', 400)}${section('three', 400)}`;
    const parts = splitDocument(document, 900);
    expect(parts.join('')).toBe(document);
    expect(parts.map((part) => part.match(/^#+ \w+/gm))).toEqual([['# T', '## one', '## two'], ['## three']]);
  });

  test('counts bytes, keeps a section whole that is too large, and knows a fence', () => {
    expect(splitDocument(`## a\n${'ä'.repeat(50)}\n## b\n`, 60)).toHaveLength(2);
    expect(splitDocument(section('large', 500) + section('small', 20), 100)).toHaveLength(2);
    expect(splitDocument('a\n\n```text\n## no heading\n```\n', 5)).toHaveLength(1);
  });

  test('parts joined for a pipe are the parts again', () => {
    const parts = ['# T\n\none\n', 'Part 2 of 3\n\ntwo\n', 'Part 3 of 3\n\nthree\n'];
    expect(splitParts(joinParts(parts))).toEqual(parts);
    expect(splitParts(joinParts(['alone\n']))).toEqual(['alone\n']);
  });
});

describe('slack', () => {
  interface Message {
    readonly text: string;
    readonly blocks: readonly {
      readonly type: string;
      readonly text?: { readonly type: string; readonly text: string; readonly verbatim?: boolean };
    }[];
  }

  test('is a message of few sections, each short enough', () => {
    const { mediaType, parts } = renderDraftFor('slack', built, hash);
    const message = JSON.parse(parts[0]) as Message;
    expect([mediaType, message.text]).toEqual(['application/json', 'Post-mortem (draft): Deployment api in shop, 3 May 2026']);
    expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'section', 'section', 'section', 'context']);
    const sections = message.blocks.filter(({ type }) => type === 'section');
    expect(sections.map(({ text }) => text?.text.split('\n')[0])).toEqual([
      '*Summary*',
      '*Impact*',
      '*Trigger candidates*',
      '*Candidate actions*',
      '*Open questions*',
    ]);
    expect(sections.every(({ text }) => text?.verbatim === true && text.text.length <= 3000)).toBe(true);
  });

  test('nothing from outside is a mention, a link or a format', () => {
    const text = slackText([
      paragraph(words('It said '), quote('<!channel> & <@U1> `code` *b* <http://evil.example|x>')),
      table(['#', 'What', 'Why'], [[[words('H1')], [quote('<!here>')], [words('no & yes')]]]),
    ]);
    expect(text).toBe(
      "It said `&lt;!channel&gt; &amp; &lt;@U1&gt; 'code' *b* &lt;http://evil.example|x&gt;`\n\n• H1 `&lt;!here&gt;`; Why: no &amp; yes",
    );
  });

  test('a section that is too long goes on in the next', () => {
    const draft = buildDraft(built, hash);
    const long = { ...built, incident: { ...built.incident, namespace: '&'.repeat(400) } };
    expect(draft.openTodos).toBeGreaterThan(10);
    const message = JSON.parse(renderDraftFor('slack', long, hash).parts[0]) as Message;
    expect(message.blocks.every(({ text }) => (text?.text.length ?? 0) <= 3000)).toBe(true);
    expect(message.blocks[0]?.text?.text.length).toBeLessThanOrEqual(150);
  });
});

test('the number of open questions is the number that a reader finds', () => {
  const document = renderDraft(built, hash);
  expect(buildDraft(built, hash).openTodos).toBe(document.split('TODO(human)').length - 1);
  expect(document).toContain(`**Open TODOs** ${document.split('TODO(human)').length - 1} as generated`);
});
