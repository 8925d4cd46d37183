import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes } from 'mdast';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { reportIncidents } from '#core/report/report-incidents.ts';
import { visibleLine, visibleText } from '#core/report/visible-text.ts';
import { container, deployment, ended, event, imageID, instant, key, log, pod, replicaSet } from '../../support/build-observations.ts';

const hostile = [
  '| pipe | and `code` |',
  '`` ` `` ```',
  '<img src=x onerror=alert(1)>',
  '</details><script>alert(1)</script>',
  '[x](javascript:alert(1)) ![x](http://evil.example/x.png)',
  'http://evil.example/?q=1 https://evil.example',
  '@octocat #12 GH-1 a94a8fe5ccb19ba61c4c0873d391e987982fbbd3 :rocket: $$x$$',
  'line one\nline two\r\nline three',
  '```text\nfence\n````',
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u202egnp.exe\u2066 \u200bzero\ufeff',
  '&lt;b&gt; &#x3c;',
  '# heading\n- list\n> quote',
  '\u0000\u0007\u009b31m',
];

/** A timeline in which everything that can come from outside is the given text. */
function timelineWith(text: string): string {
  const status = container({
    name: 'app',
    image: `shop/${text}`.slice(0, 300),
    imageID,
    containerID: 'containerd://a',
    resources: { limits: { memory: text.slice(0, 100) } },
    state: ended('containerd://a', 137, 5, 30, 'OOMKilled'),
  });
  const observations = [
    deployment(0, { revision: text.slice(0, 60), changeCause: text }),
    replicaSet(0, { revision: text.slice(0, 60) }),
    pod(31, { name: text.slice(0, 200), node: text.slice(0, 200), message: text, containers: [status] }),
    event(29, { reason: 'BackOff', message: text }),
    event(28, { reason: 'Killing', message: `Container app definition changed ${text}` }),
    log(32, 'containerd://a', `${text}\n${text}`),
  ];
  const hostileKey = { ...key, namespace: 'shop', name: 'api' };
  const [report] = reportIncidents(hostileKey, observations, instant(60));
  return report?.documents[0]?.markdown ?? '';
}

function shapeOf(markdown: string): {
  tables: readonly (readonly number[])[];
  kinds: Record<string, number>;
  html: readonly string[];
  urls: readonly string[];
} {
  const tables: number[][] = [];
  const kinds: Record<string, number> = {};
  const html: string[] = [];
  const urls: string[] = [];
  const visit = (node: Nodes) => {
    kinds[node.type] = (kinds[node.type] ?? 0) + 1;
    if (node.type === 'table') tables.push(node.children.map((row) => row.children.length));
    if (node.type === 'html') html.push(node.value);
    if (node.type === 'link' || node.type === 'image') urls.push(node.url);
    if ('children' in node) node.children.forEach((child) => visit(child));
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return { tables, kinds, html, urls };
}

const harmless = timelineWith('harmless');

function expectHarmless(text: string): void {
  const markdown = timelineWith(text);
  const { tables, kinds, html, urls } = shapeOf(markdown);
  const expected = shapeOf(harmless);
  expect(tables.length).toBe(expected.tables.length);
  expect(tables.every((rows) => rows.every((cells) => cells === rows[0]))).toBe(true);
  expect([kinds['heading'], kinds['code'], kinds['list'], kinds['blockquote'], kinds['image']]).toEqual([
    expected.kinds['heading'],
    expected.kinds['code'],
    expected.kinds['list'],
    expected.kinds['blockquote'],
    undefined,
  ]);
  expect(
    html.filter(
      (value) =>
        !/^(<details>\n<summary>(Previous logs|All records|Evidence)<\/summary>|<\/details>|<a id="ev-[0-9a-f]{16}">|<\/a>)$/.test(value),
    ),
  ).toEqual([]);
  expect(urls.filter((url) => !/^#ev-[0-9a-f]{16}$/.test(url))).toEqual([]);
  // oxlint-disable-next-line no-control-regex -- looking for them is the point
  expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.exec(markdown)).toBeNull();
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
    fc.assert(fc.property(texts, expectHarmless), { numRuns: 150 });
  });

  test('a mention lives only inside a code span', () => {
    const markdown = timelineWith('@octocat');
    const outside = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
    expect(outside).not.toContain('@octocat');
  });
});

describe('visibleText', () => {
  test('shows what would act and keeps lines', () => {
    expect(visibleText('a\u001b[31mb\u001b[0m\r\nc\u0007\u202e\ttab')).toBe('ab\nc\\x07\\u202e\ttab');
  });

  test('a line has no line breaks and says how much is left out', () => {
    expect(visibleLine('one\ntwo')).toBe('one ⏎ two');
    expect(visibleLine('x'.repeat(200), 10)).toBe(`${'x'.repeat(10)}… (+190)`);
    expect(visibleLine('y'.repeat(1_000_000), 10)).toBe(`${'y'.repeat(10)}… (+999990)`);
  });
});
