import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportIncidents } from '#core/report/report-incidents.ts';
import { timelineIncident } from '#core/report/timeline-incident.ts';
import { visibleLine, visibleText } from '#core/report/visible-text.ts';
import { container, deployment, ended, event, imageID, instant, key, log, pod, replicaSet } from '../../support/build-observations.ts';
import { hostile } from '../../support/hostile-texts.ts';
import { shapeOf } from '../../support/markdown-shape.ts';
import { mermaidDiagrams } from '../../support/mermaid-diagrams.ts';

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
  return timelineIncident({ key: hostileKey, observations, watermark: instant(60) }, report!.incident.id)?.parts[0] ?? '';
}

const harmless = timelineWith('harmless');

/** The bars of the diagram, whatever things are called. */
const harmlessTasks = (await mermaidDiagrams(harmless))[0]?.tasks.map(({ task, startTime, endTime }) => ({ task, startTime, endTime }));

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
        !/^(<details>\n<summary>(Logs of what ended|Every state and event, in time order|Records that this document cites)<\/summary>|<\/details>|<a id="ev-[0-9a-f]{16}">|<\/a>)$/.test(
          value,
        ),
    ),
  ).toEqual([]);
  expect(urls.filter((url) => !/^#(?:ev-[0-9a-f]{16}|gaps-and-data-quality)$/.test(url))).toEqual([]);
  // oxlint-disable-next-line no-control-regex -- looking for them is the point
  expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.exec(markdown)).toBeNull();
}

describe('text from outside stays text', () => {
  test.each(hostile)('%j', async (text) => {
    expectHarmless(text);
    expect(await mermaidDiagrams(timelineWith(text))).toMatchObject([{ type: 'gantt', tasks: harmlessTasks }]);
  });

  test('whatever the text is', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.constantFrom(...hostile), { maxLength: 3 }).map((parts) => parts.join(' ')),
    );
    fc.assert(fc.property(texts, expectHarmless), { numRuns: 60 });
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
