/** Stable names, printed and scripted against. */
export type LintRule =
  | 'open-todo'
  | 'claim-without-evidence'
  | 'dangling-evidence'
  | 'edited-block'
  | 'broken-block'
  | 'forbidden-phrase'
  | 'table'
  | 'size';

export interface LintFinding {
  readonly rule: LintRule;
  /** `note`: worth knowing, and no reason not to publish. */
  readonly level: 'error' | 'note';
  /** From 1. */
  readonly line: number;
  /** One sentence. What it quotes from the document is not made safe for a terminal. */
  readonly text: string;
}
