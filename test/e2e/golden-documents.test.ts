import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forbiddenPhrases } from '#core/report/lint/forbidden-phrases.ts';
import { lintDocument } from '#core/report/lint/lint-document.ts';
import { withoutCode } from '#core/report/lint/without-code.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { goldenNames } from '../support/golden-names.ts';
import { markdownFaults } from '../support/markdownlint.ts';
import { mermaidDiagrams } from '../support/mermaid-diagrams.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';

const kinds = ['timeline', 'draft'] as const;
const documents = goldenNames.flatMap((name) => kinds.map((kind) => ({ name, kind })));

let server: RunningServer;
const texts = new Map<string, string>();
const chapters = new Map<string, number>();

beforeAll(async () => {
  server = await startTestServer();
  for (const name of goldenNames) {
    await replayInto(server, name);
    const [incident, ...more] = await server.deps.store.incidents({ cluster: name });
    if (incident === undefined || more.length > 0) throw new Error(`${name} has ${more.length + 1} incidents`);
    chapters.set(name, incident.chapters.length);
    for (const kind of kinds) {
      const answer = await fetch(`${server.url}/v1/incidents/${incident.id}/${kind}.md`);
      texts.set(`${name}.${kind}`, await answer.text());
    }
  }
});

afterAll(() => server.close());

function textOf(name: string, kind: string): string {
  return texts.get(`${name}.${kind}`) ?? '';
}

/** What stands in a document itself, and not in a fence or a code span that quotes somebody. */
function proseOf(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
    .split('\n')
    .map(withoutCode)
    .join('\n');
}

/** Lines that a reader sees without opening anything. */
function visibleLines(markdown: string): readonly string[] {
  return markdown
    .replaceAll(/<details>[\s\S]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('<!--'));
}

describe.each(documents)('the $kind of $name', ({ name, kind }) => {
  test('was read line by line', async () => {
    await expect(textOf(name, kind)).toMatchFileSnapshot(`../golden/${name}.${kind}.md`);
  });

  test('cites only records that resolve, each in its own evidence table', async () => {
    const text = textOf(name, kind);
    const linked = [...new Set([...text.matchAll(/\(#(ev-[0-9a-f]{16})\)/g)].map((match) => match[1] ?? ''))];
    const rows = [...text.matchAll(/<a id="(ev-[0-9a-f]{16})">/g)].map((match) => match[1] ?? '');
    expect(linked.length).toBeGreaterThan(1);
    expect(rows.toSorted()).toEqual(linked.toSorted());
    const answers = await Promise.all(rows.map(async (id) => (await fetch(`${server.url}/v1/evidence/${id.toUpperCase()}`)).status));
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });

  test('judges nobody, names nobody, and promises no cause', () => {
    const text = textOf(name, kind);
    expect(forbiddenPhrases(proseOf(text))).toEqual([]);
    expect(text).not.toMatch(/[\w.+-]+@[\w-]+\.[a-z]{2,}/i);
  });

  test('says nothing twice: no line of prose and no row comes again', () => {
    const lines = visibleLines(textOf(name, kind)).filter((line) => !/^[|\s:-]*$/.test(line) && !line.startsWith('```'));
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  });

  test('is clean Markdown, and its diagrams are diagrams', async () => {
    expect(await markdownFaults(name, textOf(name, kind))).toEqual([]);
    for (const { type, tasks } of await mermaidDiagrams(textOf(name, kind))) {
      expect(type).toBe('gantt');
      expect(tasks.length).toBeGreaterThan(0);
      expect(tasks.filter(({ startTime, endTime }) => !(startTime < endTime))).toEqual([]);
    }
  });

  test('is short where nothing is opened: two screens for one chapter', () => {
    const limit = { timeline: 75, draft: 80 }[kind] + ((chapters.get(name) ?? 1) > 1 ? 25 : 0);
    const lines = visibleLines(textOf(name, kind).replaceAll(/^```mermaid\n[\s\S]*?^```$/gm, 'diagram'));
    expect(lines.length).toBeLessThanOrEqual(limit);
  });
});

describe.each(goldenNames)('the draft of %s', (name) => {
  test('leaves nothing open but its questions to people', () => {
    const findings = lintDocument(textOf(name, 'draft'));
    expect(findings.filter(({ rule }) => rule !== 'open-todo')).toEqual([]);
    expect(textOf(name, 'draft')).toContain(`**Open TODOs** ${findings.length} as generated`);
  });
});
