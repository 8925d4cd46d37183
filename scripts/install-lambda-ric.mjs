// Installs the bootstrap of Lambda (aws-lambda-ric) into a place of its own: it compiles native code for a minute and a half, which
// nobody needs who does not run the functions in it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const version = '4.0.2';
const prefix = join('build', 'lambda-ric');
const home = join(prefix, 'node_modules', 'aws-lambda-ric');

if (!isInstalled()) {
  process.stderr.write('Installing the bootstrap of Lambda; compiling it takes a minute or two.\n');
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `aws-lambda-ric@${version}`],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0 || !isInstalled()) {
    process.stderr.write('aws-lambda-ric could not be built. It needs Linux, cmake, make, g++ and python3.\n');
    process.exit(1);
  }
}

function isInstalled() {
  if (!existsSync(join(home, 'rapid-client.node'))) return false;
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version === version;
}
