import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', '..', 'bin', 'mortem.js');

export interface StartedMortem {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a terminal does, and waits. */
  stop(): Promise<void>;
}

/** `mortem up`, as it was built, in a process of its own; resolves once it says where it listens. */
export function startMortemUp(kubeconfig: string, data: string): Promise<StartedMortem> {
  return startMortem(['up', '--kubeconfig', kubeconfig, '--data', data, '--port', '0'], {});
}

/** `mortem serve`, likewise. */
export function startMortemServe(data: string, env: Readonly<Record<string, string>>): Promise<StartedMortem> {
  return startMortem(['serve', '--data', data, '--port', '0'], env);
}

async function startMortem(args: readonly string[], env: Readonly<Record<string, string>>): Promise<StartedMortem> {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`mortem ${args[0]} ended: ${said.join('\n')}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      // It may have ended by itself.
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
