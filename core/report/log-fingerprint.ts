import { hashText } from '../wire/observation-id.ts';

/** Lines at the end of a log that make two deaths the same death. */
const comparedLines = 20;

/**
 * Equal for logs that end the same way: numbers, hex and times are what differs between two runs of the same code.
 *
 * @returns a short hash, or undefined for a log without text
 */
export function logFingerprint(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const lines = text.trimEnd().split('\n').slice(-comparedLines);
  const shape = lines.map((line) =>
    line
      .slice(0, 2000)
      .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b|\d+/gi, '#')
      .replaceAll(/#(?:[-:.,T]#)+Z?/g, '#'),
  );
  // Standard output and standard error are two streams: in which order their lines arrive is chance.
  return hashText(shape.toSorted().join('\n')).slice(0, 16);
}
