import type { KubeConfig } from '@kubernetes/client-node';
import { MortemError } from '#core/errors.ts';
import type { Clock, Logger } from '#core/ports.ts';
import type { CollectorOptions } from '../collector/collector-options.ts';
import { createCollector, type Collector } from '../collector/create-collector.ts';
import { openKnownPods, type KnownPods } from '../collector/known/known-pods.ts';
import { createMetrics } from '../collector/operate/metrics.ts';
import { judgeReadiness } from '../collector/operate/readiness.ts';
import { serveOperations, type OperationsServer } from '../collector/operate/serve-operations.ts';
import type { ShippingAddress } from '../collector/ship/http-sender.ts';
import { openFileSpool, type FileSpool } from '../collector/spool/file-spool.ts';
import { lockFolder, type FolderLock } from '../collector/spool/lock-folder.ts';
import { createSystemClock } from '../collector/system-clock.ts';
import type { ListenAddress } from './input/parse-listen.ts';
import { spoolDirOf } from './spool-dir.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { version } from './version.ts';

export interface CollectorRun extends Pick<CollectorOptions, 'namespaces' | 'shard' | 'logs' | 'nodes' | 'usage'> {
  readonly kubeConfig: KubeConfig;
  readonly server: ShippingAddress;
  readonly cluster: string;
  readonly logger: Logger;
  /** Folder of spools, in which each cluster has its own; undefined: in memory. */
  readonly spoolDir?: string;
  /** Where metrics and health are served; undefined: nowhere. */
  readonly listen?: ListenAddress;
}

/**
 * Collects until the process is interrupted, then ships what is left.
 *
 * @throws {MortemError} `usage` for a spool or an address that cannot be used, `unreachable` or `unauthorized` for the API server
 */
export async function runCollector({ spoolDir, listen, ...run }: CollectorRun): Promise<void> {
  const clock = createSystemClock();
  const kept = spoolDir === undefined ? undefined : await openKept(spoolDirOf(spoolDir, run.cluster), { clock, logger: run.logger });
  const collector = createCollector({
    ...run,
    name: process.env['HOSTNAME'] ?? 'mortem-collector',
    version,
    clock,
    random: Math.random,
    ...kept,
  });
  const status = () => collector.status();
  const metrics = createMetrics({ status, clock, version, residentBytes: () => process.memoryUsage.rss() });
  let operations: OperationsServer | undefined;
  try {
    const readiness = () => judgeReadiness(status());
    operations = listen && (await serveOperations({ ...listen, metrics, readiness, logger: run.logger }));
    if (operations !== undefined) run.logger.info('operations-served', { port: operations.port });
    await collectUntilInterrupted(collector);
  } finally {
    await operations?.close();
    await kept?.spool.close();
    await kept?.known.close();
    kept?.lock.release();
  }
}

async function collectUntilInterrupted(collector: Collector): Promise<void> {
  const stop = new AbortController();
  const running = collector.run(stop.signal);
  const interrupted = untilInterrupted().then(() => 'interrupted' as const);
  const ended = await Promise.race([running.then(() => 'ended' as const), interrupted]);
  stop.abort();
  await running;
  if (ended === 'ended') throw new MortemError('unreachable', 'The collector ended by itself. See its messages above.');
}

interface Kept {
  readonly spool: FileSpool;
  readonly known: KnownPods;
  readonly lock: FolderLock;
}

/** In a storm a sync for each line costs more than all that is done with the line. A death leaves a quarter of a second after it came. */
const diskEveryMs = 50;

/** What outlives the process. */
async function openKept(dir: string, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Promise<Kept> {
  try {
    const lock = lockFolder(dir);
    const spool = await openFileSpool({ dir, syncEveryMs: diskEveryMs });
    return { lock, spool, known: await openKnownPods({ dir, clock, logger, writeEveryMs: diskEveryMs }) };
  } catch (cause) {
    if (cause instanceof MortemError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MortemError('usage', `The spool folder ${dir} cannot be used: ${reason}. Choose another with --spool.`, { cause });
  }
}
