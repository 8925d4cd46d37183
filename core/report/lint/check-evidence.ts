import type { LintFinding } from './lint-finding.ts';
import type { ScannedDocument } from './scan-document.ts';

/** Evidence ids, linked or just written, that no row of the evidence table has; what code quotes is neither. */
export function checkEvidence({ lines }: ScannedDocument): readonly LintFinding[] {
  const rows = new Set(lines.flatMap(({ prose }) => [...prose.matchAll(/<a id="ev-([0-9a-f]{16})">/g)].map((match) => match[1] ?? '')));
  const prefixes = new Set([...rows].flatMap((id) => Array.from({ length: 13 }, (_, index) => id.slice(0, 4 + index))));
  return lines.flatMap(({ prose, number }) => {
    const named = [...prose.matchAll(/(?:\bEV-|\]\(#ev-)([0-9a-f]{4,16})(?![0-9a-f])/gi)].map((match) => (match[1] ?? '').toLowerCase());
    return [...new Set(named)]
      .filter((id, _, all) => !prefixes.has(id) && !all.some((other) => other !== id && other.startsWith(id)))
      .map((id) => ({
        rule: 'dangling-evidence' as const,
        level: 'error' as const,
        line: number,
        text: `EV-${id} is not in the evidence table of this document.`,
      }));
  });
}
