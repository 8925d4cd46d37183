import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes what a new rule needs: its file, its line in the registry, its test and its folder of captured objects. */

const [id = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new Error('usage: npm run new-rule -- volume-mount-failed');
const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const root = join(import.meta.dirname, '..');
const rulePath = join(root, 'core', 'rules', `${id}.ts`);
if (existsSync(rulePath)) throw new Error(`core/rules/${id}.ts exists already`);

await writeFile(
  rulePath,
  `import { defineRule } from './rule.ts';

export const ${name} = defineRule({
  scope: 'pod',
  id: '${id}',
  title: 'Say what happened, as a sentence without its full stop',
  symptoms: ['Unknown'],
  explains: [],
  inspectFirst: ['what to open first'],
  commonCauses: ['what it usually is'],
  productionRisk: 'what it does to users',
  advice: ['What to check first, addressed to the owning workload.'],
  // Cite a record for each sign (cite.ts), or return nothing.
  match: () => [],
});
`,
);

const registryPath = join(root, 'core', 'rules', 'registry.ts');
await writeFile(registryPath, withRule(await readFile(registryPath, 'utf8')));

const fixtures = join(root, 'test', 'core', 'rules', 'fixtures', id);
await mkdir(fixtures, { recursive: true });
await writeFile(
  join(fixtures, 'README.md'),
  `Objects as \`kubectl get pod,events -o json\` prints them. \`match-*.json\` must give a finding of \`${id}\`, \`silent-*.json\` must not.\n`,
);
process.stdout.write(
  [
    `core/rules/${id}.ts`,
    'core/rules/registry.ts',
    `test/core/rules/fixtures/${id}/`,
    'Next: write match, put captured objects beside the README, run: npx vitest run test/core/rules && npm run docs:rules',
  ].join('\n') + '\n',
);

/** Import and list stay in file-name order. */
function withRule(source: string): string {
  const imports = [...source.matchAll(/^import \{ (\w+) \} from '\.\/([a-z0-9-]+)\.ts';$/gm)].map(([, symbol = '', file = '']) => ({
    symbol,
    file,
  }));
  const all = [...imports, { symbol: name, file: id }].toSorted((a, b) => (`${a.file}.ts` < `${b.file}.ts` ? -1 : 1));
  const lines = all.map(({ symbol, file }) => ({ path: `./${file}.ts`, line: `import { ${symbol} } from './${file}.ts';` }));
  return [
    ...[...lines, { path: './rule.ts', line: "import type { Rule } from './rule.ts';" }]
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ line }) => line),
    '',
    '/** Every rule, in file-name order; a test compares this list with the directory. */',
    'export const rules: readonly Rule[] = [',
    ...all.map(({ symbol }) => `  ${symbol},`),
    '];',
    '',
  ].join('\n');
}
