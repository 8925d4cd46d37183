import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', '..', 'bin', 'mortem.js');

export interface StartedMortem {
  readonly url: string;
  /** Ends it as a terminal does, and waits. */
  stop(): Promise<void>;
}

/** `mortem up`, as it was built, in a process of its own; resolves once it says where it listens. */
export async function startMortemUp(kubeconfig: string, data: string): Promise<StartedMortem> {
  const args = [bin, 'up', '--kubeconfig', kubeconfig, '--data', data, '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`mortem up ended: ${said.join('\n')}`)));
  });
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
