import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pidOf, stopChild } from './child.ts';

export interface BundledCollector {
  readonly pid: number;
  /** Resolves when every first list is done. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface CollectorPlace {
  /** For kubeconfig and spool. */
  readonly dir: string;
  readonly apiPort: number;
  readonly sinkPort: number;
  readonly cert: string;
}

const bundle = 'build/collector/mortem-collector.mjs';

/** The bundle as its image runs it, against one API server. */
export async function startCollector({ dir, apiPort, sinkPort, cert }: CollectorPlace): Promise<BundledCollector> {
  const kubeconfig = join(dir, 'kubeconfig');
  const cluster = { server: `https://127.0.0.1:${apiPort}`, 'certificate-authority-data': Buffer.from(cert).toString('base64') };
  const named = { clusters: [{ name: 'bench', cluster }], users: [{ name: 'bench', user: { token: 'bench' } }] };
  const contexts = [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }];
  writeFileSync(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'bench', contexts, ...named }));
  const server = `--server=http://127.0.0.1:${sinkPort}`;
  const args = ['collect', server, `--kubeconfig=${kubeconfig}`, `--spool=${join(dir, 'spool')}`, '--listen=127.0.0.1:0'];
  const env = { ...process.env, MORTEM_KEY: 'bench' };
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the collector ended with ${code}`)));
    createInterface(child.stderr).on('line', (line) => {
      const [, found] = /"port":(\d+)/.exec(line) ?? [];
      if (line.includes('operations-served')) resolve(Number(found));
      else if (/"level":[45]0/.test(line)) process.stderr.write(`${line}\n`);
    });
  });
  return {
    pid: pidOf(child),
    async ready() {
      for (;;) {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
        await answer.text();
        if (answer.ok) return;
        await sleep(200);
      }
    },
    stop: () => stopChild(child),
  };
}
