import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Processes of one kind, each started while the one before still runs: starting takes longer than most of them live. */
export interface WarmChildren {
  /** The next one, which waits for its order; the one after it is started. */
  next(): Promise<ChildProcess>;
  close(): Promise<void>;
}

export function createWarmChildren(bundle: string, args: readonly string[] = []): WarmChildren {
  const children = new Set<ChildProcess>();

  async function start(): Promise<ChildProcess> {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'mortem-chaos-compiled') };
    const child = fork(bundle, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
    children.add(child);
    child.once('exit', () => children.delete(child));
    await once(child, 'message');
    return child;
  }

  let coming = start();
  return {
    async next() {
      const child = await coming;
      coming = start();
      return child;
    },
    async close() {
      await coming;
      await Promise.all([...children].map((child) => endChild(child, 'SIGKILL')));
    },
  };
}

/** Resolves when the process is gone. */
export async function endChild(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
