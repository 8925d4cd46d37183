import { stringify } from 'yaml';

/** Results go to stdout; everything a person should know besides goes to stderr. */
export function printResult(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  printResult(JSON.stringify(value, null, 2));
}

export function printYaml(value: unknown): void {
  printResult(stringify(value));
}
