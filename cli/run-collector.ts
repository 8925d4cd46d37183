import type { KubeConfig } from '@kubernetes/client-node';
import { MortemError } from '#core/errors.ts';
import type { Logger } from '#core/ports.ts';
import { createCollector, type Collector } from '../collector/create-collector.ts';
import { createSystemClock } from '../collector/system-clock.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { version } from './version.ts';

export interface CollectorRun {
  readonly kubeConfig: KubeConfig;
  readonly server: { readonly url: string; readonly key: string };
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly logger: Logger;
}

/** Collects until the process is interrupted, then ships what is left. */
export async function runCollector({ kubeConfig, server, cluster, namespaces, logger }: CollectorRun): Promise<void> {
  const collector: Collector = createCollector({
    kubeConfig,
    server,
    cluster,
    name: process.env['HOSTNAME'] ?? 'mortem-collector',
    version,
    namespaces,
    clock: createSystemClock(),
    random: Math.random,
    logger,
  });
  const stop = new AbortController();
  const running = collector.run(stop.signal);
  const interrupted = untilInterrupted().then(() => 'interrupted' as const);
  const ended = await Promise.race([running.then(() => 'ended' as const), interrupted]);
  stop.abort();
  await running;
  if (ended === 'ended') throw new MortemError('unreachable', 'The collector ended by itself. See its messages above.');
}
