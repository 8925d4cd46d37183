import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import type { Clock, Logger } from '#core/ports.ts';
import { createCollector } from '../../../../collector/create-collector.ts';
import { openKnownPods } from '../../../../collector/known/known-pods.ts';
import { openFileSpool } from '../../../../collector/spool/file-spool.ts';

// A collector in a process of its own, to be killed. Its clock runs as fast as the replay it watches.
export interface ChildOptions {
  readonly dir: string;
  readonly kubeconfig: string;
  readonly url: string;
  readonly key: string;
  readonly times: number;
  /** Real and replayed moment of the same instant, epoch milliseconds. */
  readonly begun: number;
  readonly from: number;
}

const options: ChildOptions = JSON.parse(process.argv[2] ?? '{}');
const clock: Clock = {
  now: () => new Date(options.from + (Date.now() - options.begun) * options.times),
  async sleep(ms, signal) {
    await delay(ms / options.times, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};
const tell = (event: string, fields: Record<string, unknown> = {}): void =>
  void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`);
const logger: Logger = { info() {}, warn() {}, error: tell };
const kubeConfig = new KubeConfig();
kubeConfig.loadFromString(options.kubeconfig);
const { dir, url, key } = options;
const known = await openKnownPods({ dir, clock, logger });
const spool = await openFileSpool({ dir, segmentBytes: 100_000 });
const collector = createCollector({
  kubeConfig,
  server: { url, key },
  cluster: 'chaos',
  name: 'collector',
  version: '0',
  namespaces: [],
  clock,
  random: Math.random,
  logger,
  spool,
  known,
});
const stop = new AbortController();
process.once('message', () => {
  void collector.quiet(new Map()).then(() => stop.abort());
});
try {
  await collector.run(stop.signal);
  process.send?.({ left: spool.size().observations, pods: collector.status().pods });
} catch (error) {
  // The replayed API may be down at the start; the test starts the next one.
  tell('ended', { error: String(error) });
}
await Promise.all([spool.close(), known.close()]);
process.disconnect?.();
