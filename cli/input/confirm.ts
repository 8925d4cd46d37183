import { createInterface } from 'node:readline/promises';
import { MortemError } from '#core/errors.ts';

/**
 * Has a person type a word before something is done for good.
 *
 * @throws {MortemError} `usage` when the answer is another, or when nobody is there to be asked
 */
export async function confirm(question: string, word: string): Promise<void> {
  if (!process.stdin.isTTY) throw new MortemError('usage', 'Nobody is there to be asked. Say --dry-run to see what would go, or --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await terminal.question(`${question} Type ${word} to go on: `)) !== word) throw new MortemError('usage', 'Nothing was removed.');
  } finally {
    terminal.close();
  }
}
