import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ruleDocs } from './rule-docs.ts';

const dir = join(import.meta.dirname, '..', 'docs', 'rules');
const pages = ruleDocs();
await mkdir(dir, { recursive: true });
for (const name of await readdir(dir)) if (!pages.has(name)) await rm(join(dir, name));
for (const [name, text] of pages) await writeFile(join(dir, name), text);
process.stdout.write(`${pages.size} pages in docs/rules\n`);
