import type { SourceVersion } from '../watch/source-version.ts';

/** How far each source was handled, for the journal. */
export interface SourceVersions {
  versionOf(source: string, of: { readonly pods: boolean }): SourceVersion;
  /** A line of the journal with what was noted since the last one: a version written late is handled twice and counts once. */
  addTo(line: string): string;
  hasUnwritten(): boolean;
  /** Up to when every source of pods has seen everything: none speaks for another. Undefined while one has not said so. */
  seenUpTo(now: Date): Date | undefined;
  /** Source → version. */
  readonly all: ReadonlyMap<string, string>;
}

export function createSourceVersions(before: ReadonlyMap<string, string>, lastAt: Date | undefined): SourceVersions {
  const all = new Map(before);
  let unwritten = new Map<string, string>();
  const seen = new Map<string, Date | 'now' | undefined>();

  return {
    versionOf(source, { pods }) {
      if (pods) seen.set(source, undefined);
      const version = before.get(source);
      return {
        last: version === undefined || lastAt === undefined ? undefined : { version, at: lastAt },
        note(noted) {
          all.set(source, noted);
          unwritten.set(source, noted);
        },
        seenUpTo(at) {
          if (pods) seen.set(source, at);
        },
      };
    },
    addTo(line) {
      if (unwritten.size === 0) return line;
      const told = JSON.stringify({ versions: Object.fromEntries(unwritten) });
      unwritten = new Map();
      return line === '{}' ? told : `${line.slice(0, -1)},${told.slice(1)}`;
    },
    hasUnwritten: () => unwritten.size > 0,
    seenUpTo(now) {
      const times = [...seen.values()].map((at) => (at === 'now' ? now.getTime() : (at?.getTime() ?? Number.NaN)));
      const least = Math.min(now.getTime(), ...times);
      return Number.isNaN(least) ? undefined : new Date(least);
    },
    all,
  };
}
