import { KubeConfig } from '@kubernetes/client-node';
import type { Logger } from '#core/ports.ts';
import { createCollector } from '../../../../collector/create-collector.ts';
import { openKnownPods } from '../../../../collector/known/known-pods.ts';
import { openFileSpool } from '../../../../collector/spool/file-spool.ts';
import { lockFolder } from '../../../../collector/spool/lock-folder.ts';
import { createFastClock, type Pace } from './fast-clock.ts';

// A collector in a process of its own, to be killed. It says that it has started, and begins when it is told how.
export interface CollectorOrder {
  readonly dir: string;
  readonly kubeconfig: string;
  readonly url: string;
  readonly key: string;
  readonly pace: Pace;
  /** Collects until nothing is left to do and the spool is empty, and says so. */
  readonly finish: boolean;
}

const tell = (event: string, fields: Record<string, unknown> = {}): void =>
  void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`);
const logger: Logger = { info() {}, warn() {}, error: tell };

async function collect({ dir, kubeconfig, url, key, pace, finish }: CollectorOrder): Promise<void> {
  const clock = createFastClock(pace);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubeconfig);
  const lock = lockFolder(dir);
  const spool = await openFileSpool({ dir, segmentBytes: 100_000 });
  const known = await openKnownPods({ dir, clock, logger });
  const identity = { cluster: 'chaos', name: 'collector', version: '0', namespaces: [] };
  const ports = { clock, random: Math.random, logger, spool, known };
  const collector = createCollector({ kubeConfig, server: { url, key }, ...identity, ...ports });
  const stop = new AbortController();
  async function sayWhenWatching(): Promise<void> {
    await collector.quiet(new Map());
    process.send?.('watching');
    if (finish) stop.abort();
  }
  void sayWhenWatching();
  try {
    await collector.run(stop.signal);
    process.send?.({ left: spool.size().observations, pods: collector.status().pods });
  } catch (error) {
    // The replayed API refuses for a while: the next one is started as a kubelet would.
    tell('ended', { error: String(error) });
  }
  await Promise.all([spool.close(), known.close()]);
  lock.release();
  process.disconnect?.();
}

process.once('message', (order: CollectorOrder) => void collect(order));
process.send?.('started');
