import { visibleLine } from '../visible-text.ts';

/** Names longer than Kubernetes allows are no names. */
const longestName = 253;

/** One argument of a command that people paste into a shell: whatever it says, the shell reads it as text. */
export function shellWord(value: string): string {
  const line = visibleLine(value, longestName);
  return /^[\w.:/@%+=,-]+$/.test(line) ? line : `'${line.replaceAll("'", String.raw`'\''`)}'`;
}
