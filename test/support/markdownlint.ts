import { join } from 'node:path';
import type { Configuration } from 'markdownlint';
import { lint, readConfig } from 'markdownlint/promise';

const config = join(import.meta.dirname, '..', '..', '.markdownlint.jsonc');

/** What markdownlint has against a document, under the configuration that the project ships: `12: MD051/link-fragments …`. */
export async function markdownFaults(name: string, markdown: string): Promise<readonly string[]> {
  const found = await lint({ strings: { [name]: markdown }, config: await readConfig(config, [parseJsonc]) });
  return (found[name] ?? []).map(({ lineNumber, ruleNames, errorDetail, errorContext }) =>
    `${lineNumber}: ${ruleNames.join('/')} ${errorDetail ?? ''} ${errorContext ?? ''}`.trim(),
  );
}

/** JSON with whole-line comments and trailing commas. */
function parseJsonc(text: string): Configuration {
  return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/,(\s*[}\]])/g, '$1'));
}
