import { MortemError } from '#core/errors.ts';
import { formatCsv } from './format-csv.ts';
import { printJson, printNote, printResult, printYaml } from './print.ts';

export const outputFormats = 'json, yaml, wide, name or csv';

/** One answer in every form in which it can be printed. */
export interface PrintableAnswer {
  /** What -o json and yaml print. */
  readonly value: unknown;
  readonly names: readonly string[];
  readonly csv: { readonly header: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
  readonly table: (wide: boolean) => string;
  /** Said in place of a table of nothing. */
  readonly nothing: string;
}

/** @throws {MortemError} `usage` for an unknown format */
export function printAnswer(output: string | undefined, { value, names, csv, table, nothing }: PrintableAnswer): void {
  switch (output) {
    case 'json':
      return printJson(value);
    case 'yaml':
      return printYaml(value);
    case 'csv':
      return printResult(formatCsv(csv.header, csv.rows));
    case 'name':
      return names.length === 0 ? undefined : printResult(names.join('\n'));
    case undefined:
    case 'wide':
      return names.length === 0 ? printNote(nothing) : printResult(table(output === 'wide'));
    default:
      throw new MortemError('usage', `"${output}" is no output format. Use ${outputFormats}.`);
  }
}
