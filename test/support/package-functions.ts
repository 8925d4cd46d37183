import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

export interface Resource {
  readonly Type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a template has whatever shape AWS gave each type
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
}

/** Makes the archives, as `npm run build:functions` does; in a folder of its own for who does not package them. */
export async function buildFunctions(outdir = join('build', 'functions')): Promise<void> {
  await run(process.execPath, [join(root, 'scripts', 'build-functions.mjs'), outdir], { cwd: root });
}

/** What `npx osls package` makes of serverless.yml, where there is no account, no credential and no network to find one. */
export async function packageFunctions(...params: readonly string[]): Promise<Template> {
  const folder = await mkdtemp(join(tmpdir(), 'mortem-package-'));
  const env = { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', https_proxy: 'http://127.0.0.1:9' };
  const args = [join(root, 'node_modules', '.bin', 'osls'), 'package', '--package', folder, ...params.map((param) => `--param=${param}`)];
  try {
    await run(process.execPath, args, { cwd: root, env });
    return JSON.parse(await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8')) as Template;
  } finally {
    await rm(folder, { recursive: true });
  }
}
