import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { KubeConfig } from '@kubernetes/client-node';
import type { Observation } from '#core/wire/observation.ts';
import { parseLine } from '#core/wire/parse-line.ts';
import type { CollectorOptions } from '../../../collector/collector-options.ts';
import { createCollector, type Collector, type CollectorStatus } from '../../../collector/create-collector.ts';
import type { FaultHook } from '../../../replay/fault.ts';
import { loadRecording } from '../../../replay/load-recording.ts';
import type { MeasureMemory } from '../../../replay/usage-endpoint.ts';
import { startReplay } from '../../../replay/play.ts';
import { createSilentLogger, type RememberingLogger } from './silent-logger.ts';

export interface Replayed {
  readonly observations: readonly Observation[];
  readonly status: CollectorStatus;
  readonly logger: RememberingLogger;
}

/** Plays a recording in lockstep through a whole collector; every line it ships must pass the wire. */
export async function replayThrough(
  recording: string,
  namespaces: readonly string[] = [],
  {
    fault,
    measure,
    ...options
  }: Pick<CollectorOptions, 'shard' | 'logs' | 'nodes' | 'usage'> & { readonly fault?: FaultHook; readonly measure?: MeasureMemory } = {},
): Promise<Replayed> {
  const recorded = await loadRecording(join(import.meta.dirname, '../../recordings', recording));
  const holder: { collector?: Collector } = {};
  const replay = await startReplay({
    recordings: [recorded],
    pace: 'lockstep',
    ...(fault && { fault }),
    ...(measure && { measure }),
    quiet: (sent) => holder.collector?.quiet(sent) ?? Promise.reject(new Error('no collector')),
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(replay.kubeconfig);
  const observations: Observation[] = [];
  const logger = createSilentLogger();
  const collector = createCollector({
    kubeConfig,
    server: {
      send(batch) {
        for (const line of gunzipSync(batch.body).toString('utf8').trimEnd().split('\n')) {
          const parsed = parseLine(line);
          if (!parsed.ok) throw new Error(parsed.reason);
          observations.push(parsed.observation);
        }
        return Promise.resolve({ kind: 'answered', status: 202, body: '{}' });
      },
    },
    cluster: 'test',
    name: 'collector',
    version: '0',
    namespaces,
    clock: replay.clock,
    random: () => 0.5,
    logger,
    // The recorded cluster offered none.
    usage: false,
    ...options,
  });
  holder.collector = collector;
  const stop = new AbortController();
  const run = collector.run(stop.signal);
  await replay.play();
  stop.abort();
  await run;
  await replay.close();
  return { observations, status: collector.status(), logger };
}
