import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraph, table } from '#core/report/block.ts';
import { updateDocument } from '#core/report/draft/update-document.ts';
import { evidenceAnchor, words } from '#core/report/inline.ts';
import { findManagedBlocks, managed } from '#core/report/managed-blocks.ts';
import { renderMarkdown } from '#core/report/render-markdown.ts';

function documentOf(parts: Readonly<Record<string, string>>): string {
  return renderMarkdown(Object.entries(parts).map(([name, text]) => managed(name, [paragraph(words(text))])));
}

const none = { replaced: [], unchanged: [], edited: [], missing: [], obsolete: [], broken: [] };

describe('updateDocument', () => {
  test('replaces what nobody edited and keeps every other byte', () => {
    const old = documentOf({ summary: 'Old summary.', impact: 'Old impact.', images: 'Same.' });
    const edited = `# Mine \t\n${old.replace('Old impact.', 'Impact in my words.')}\n- [x] answered  `;
    const fresh = documentOf({ summary: 'New summary.', impact: 'New impact.', images: 'Same.' });
    const { text, report } = updateDocument(edited, fresh);
    const [summary] = findManagedBlocks(fresh).blocks;
    const [was] = findManagedBlocks(edited).blocks;
    expect(text).toBe(edited.slice(0, was!.from) + fresh.slice(summary!.from, summary!.to) + edited.slice(was!.to));
    expect(report).toEqual({ ...none, replaced: ['summary'], edited: ['impact'], unchanged: ['images'] });
  });

  test('does not put back what was taken out, and leaves what it does not know', () => {
    const { text, report } = updateDocument(documentOf({ own: 'Mine.' }), documentOf({ summary: 'New.' }));
    expect(text).toBe(documentOf({ own: 'Mine.' }));
    expect(report).toEqual({ ...none, missing: ['summary'], obsolete: ['own'] });
  });

  test('leaves a part whose marks are broken', () => {
    const broken = documentOf({ summary: 'Old.' }).replace('<!-- mortem:end summary -->', '');
    expect(updateDocument(broken, documentOf({ summary: 'New.' }))).toEqual({ text: broken, report: { ...none, broken: ['summary'] } });
  });

  test('a file with Windows line ends keeps them, in the new part too', () => {
    const edited = documentOf({ summary: 'Old.' }).replaceAll('\n', '\r\n');
    const { text, report } = updateDocument(edited, documentOf({ summary: 'New.' }));
    expect(text).toBe(documentOf({ summary: 'New.' }).replaceAll('\n', '\r\n'));
    expect(report.replaced).toEqual(['summary']);
  });

  test('updating twice changes nothing more', () => {
    const fresh = documentOf({ summary: 'New.' });
    const once = updateDocument(documentOf({ summary: 'Old.' }), fresh).text;
    expect(updateDocument(once, fresh)).toEqual({ text: once, report: { ...none, unchanged: ['summary'] } });
  });

  test('whatever people write around the parts stays as it is', () => {
    const around = fc
      .tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
      .map(([before, after]) => [`${before}\n\n`, `\n\n${after}`] as const);
    const [old, fresh] = [documentOf({ summary: 'Old.' }), documentOf({ summary: 'New.' })];
    fc.assert(
      fc.property(around, ([before, after]) => {
        // An open fence swallows what comes after it, and then there is no part to be found.
        fc.pre(!/^ {0,3}(```|~~~)/m.test(before));
        expect(updateDocument(before + old + after, fresh).text).toBe(before + fresh + after);
      }),
    );
  });
});

describe('records that only people still cite', () => {
  const kept = 'aaaaaaaaaaaaaaaa';
  const cited = 'bbbbbbbbbbbbbbbb';
  const dropped = 'cccccccccccccccc';
  const evidenceParts = (...ids: readonly string[]) => [
    managed('evidence', [
      table(
        ['Id', 'Record'],
        ids.map((id) => [[evidenceAnchor(`EV-${id}`), words(`EV-${id.slice(0, 8)}`)], [words(`record ${id[0]!}`)]]),
      ),
    ]),
  ];

  test('keep their rows, and the part is not taken for edited afterwards', () => {
    const edited = `We saw EV-bbbbbbbb fail.\n\n${renderMarkdown(evidenceParts(kept, cited, dropped))}`;
    const { text } = updateDocument(edited, renderMarkdown(evidenceParts(kept)));
    const [block] = findManagedBlocks(text).blocks;
    expect(block?.edited).toBe(false);
    expect([...text.matchAll(/record ([abc])/g)].map((match) => match[1])).toEqual(['a', 'b']);
  });
});
