import { KubeConfig } from '@kubernetes/client-node';
import type { Logger } from '#core/ports.ts';
import { createCollector } from '../collector/create-collector.ts';
import type { RunningServer } from '../functions/serve.ts';
import { startReplay, type Pace } from '../replay/play.ts';
import type { Recording } from '../replay/recording.ts';
import type { MeasureMemory } from '../replay/usage-endpoint.ts';
import { version } from './version.ts';

/** Whoever takes in what a collector sends, and lets one of this process write for a cluster. */
export interface ReplayServer extends Pick<RunningServer, 'url' | 'idle'> {
  readonly deps: Pick<RunningServer['deps'], 'issueSessionKey'>;
}

export interface ReplayRun {
  readonly server: ReplayServer;
  readonly recording: Recording;
  /** The name under which the replayed cluster is stored. */
  readonly cluster: string;
  readonly pace: Pace;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
  /** Makes up memory samples, which recordings have none of; undefined: nobody asks for any. */
  readonly measure?: MeasureMemory;
}

/**
 * Plays one recording as a Kubernetes API, lets the real collector watch it and ship to the server over HTTP, and waits until
 * everything can be queried.
 */
export async function replayRecording({ server, recording, cluster, pace, logger, signal, measure }: ReplayRun): Promise<void> {
  const key = server.deps.issueSessionKey(cluster);
  const ended = new AbortController();
  const played = { recordings: [recording], pace, ...(measure && { measure }) };
  const replay = await startReplay({ ...played, quiet: (sent) => collector.quiet(sent) });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(replay.kubeconfig);
  const collector = createCollector({
    kubeConfig,
    server: { url: server.url, key },
    cluster,
    name: 'replay',
    version,
    namespaces: [],
    usage: measure !== undefined,
    clock: replay.clock,
    // Nothing is spread in a replay: two runs must be the same run.
    random: () => 0.5,
    logger,
  });
  const collecting = collector.run(ended.signal);
  try {
    await Promise.race([replay.play(signal), collecting]);
  } finally {
    ended.abort();
    await collecting;
    await replay.close();
  }
  await server.idle();
}
