import { keyword } from './redact-pairs.ts';
import { redactionRules } from './redaction-rules.ts';

/** What must stand in a text before private keys, quoted lines, printed Secrets, or a rule without an opening are looked for. */
const literals = ['PRIVATE KEY', '\\n', 'Secret', ...redactionRules.flatMap(({ opening, hints }) => (opening === undefined ? hints : []))];
const openings = redactionRules.flatMap(({ opening }) => opening ?? []);

const asWritten = new RegExp([...new Set(literals.map(escape)), ...sources(false)].join('|'));
const inEitherCase = new RegExp([keyword.source, ...sources(true)].join('|'), 'i');

/**
 * One look at a text in place of one for each rule. False: no rule would change it. True: one might; few other texts are.
 * Nearly all that Kubernetes says of a pod is told apart here.
 */
export function mayHoldCredential(text: string): boolean {
  return asWritten.test(text) || inEitherCase.test(text);
}

function sources(ignoreCase: boolean): readonly string[] {
  return [...new Set(openings.filter((opening) => opening.ignoreCase === ignoreCase).map(({ source }) => source))];
}

function escape(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
