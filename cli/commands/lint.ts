import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { lintDocument } from '#core/report/lint/lint-document.ts';
import type { LintFinding } from '#core/report/lint/lint-finding.ts';
import { exitCodes } from '../exit-code.ts';
import { printJson, printNote, printResult } from '../output/print.ts';

interface LintOptions {
  readonly exitCode?: boolean;
  readonly output?: string;
}

interface LintedFile {
  readonly file: string;
  readonly openTodos: number;
  readonly findings: readonly LintFinding[];
}

export function lintCommand(): Command {
  return new Command('lint')
    .argument('<file...>', 'post-mortems made by "mortem draft"; - for standard input')
    .description('say what is open or wrong in a post-mortem: questions, claims without evidence, broken tables, words that judge')
    .option('--exit-code', 'end with 1 when something stands in the way of publishing')
    .option('-o, --output <format>', 'json')
    .addHelpText('after', '\nExamples:\n  mortem lint postmortem.md\n  mortem lint docs/postmortems/*.md --exit-code')
    .action(lint);
}

async function lint(paths: readonly string[], options: LintOptions): Promise<void> {
  if (options.output !== undefined && options.output !== 'json') {
    throw new MortemError('usage', `"${options.output}" is no output format. Use json, or nothing for lines.`);
  }
  const files = await Promise.all(paths.map(lintFile));
  if (options.output === 'json') printJson({ apiVersion: 'mortem.dev/v1', kind: 'LintReport', files });
  else printFiles(files);
  const errors = files.flatMap(({ findings }) => findings).filter(({ level }) => level === 'error');
  if (options.exitCode === true && errors.length > 0) process.exitCode = exitCodes.findings;
}

async function lintFile(path: string): Promise<LintedFile> {
  const findings = lintDocument(await read(path));
  return { file: path, openTodos: findings.filter(({ rule }) => rule === 'open-todo').length, findings };
}

async function read(path: string): Promise<string> {
  if (path === '-') return text(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MortemError('usage', `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

/** `file:line: rule: sentence`, as compilers print it and editors read it. */
function printFiles(files: readonly LintedFile[]): void {
  for (const { file, findings, openTodos } of files) {
    if (findings.length > 0)
      printResult(findings.map(({ line, rule, text: sentence }) => `${file}:${line}: ${rule}: ${sentence}`).join('\n'));
    printNote(`${file}: ${openTodos} open, ${findings.length - openTodos} other findings`);
  }
}
