import { describe, expect, test } from 'vitest';
import type { LogSignature } from '../../../core/signatures/log-signature.ts';
import { signatureTables } from '../../../core/signatures/signature-tables.ts';
import { commandExamples } from './commands-examples.ts';
import { configurationExamples, multiLineExamples } from './configuration-examples.ts';
import { dependencyExamples } from './dependencies-examples.ts';
import { resourceExamples } from './resources-examples.ts';

const examples = [
  ...Object.entries(commandExamples).flatMap(([cause, lines]) => lines.map(([line]) => ({ cause, line }))),
  ...Object.entries({ ...configurationExamples, ...dependencyExamples, ...resourceExamples }).flatMap(([cause, lines]) =>
    lines.map((line) => ({ cause, line })),
  ),
  { cause: 'code-bug', line: 'Traceback (most recent call last):\nZeroDivisionError: division by zero' },
  ...multiLineExamples.map(([line]) => ({ cause: 'missing-config', line })),
];

function meets({ text, pattern, unless }: LogSignature, line: string): boolean {
  return line.toLowerCase().includes(text) && (pattern?.test(line) ?? true) && !(unless?.test(line) ?? false);
}

describe('every signature has an example', () => {
  test.each(signatureTables.map((table) => [table.cause, table] as const))('%s', (cause, { signatures }) => {
    const lines = examples.filter((example) => example.cause === cause).map(({ line }) => line);
    const without = signatures.filter((signature) => !lines.some((line) => meets(signature, line)));
    expect(without).toEqual([]);
  });
});
