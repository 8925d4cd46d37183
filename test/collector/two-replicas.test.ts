import { KubeConfig } from '@kubernetes/client-node';
import { expect, onTestFinished, test } from 'vitest';
import { createCollector, type Collector } from '../../collector/create-collector.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { startReplay } from '../../replay/play.ts';
import { replayInto, startTestServer, strictLogger, timelinesOf } from '../support/replayed.ts';
import { recordingDir } from '../support/truth.ts';

/** The same recording watched by two collectors at once, which know nothing of each other. */
async function replayTwice(server: RunningServer, recording: string): Promise<void> {
  const replay = await startReplay({
    recordings: [await loadRecording(recordingDir(recording))],
    pace: 'lockstep',
    quiet: async (sent) => void (await Promise.all(collectors.map((collector) => collector.quiet(sent)))),
  });
  const key = server.deps.issueSessionKey(recording);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(replay.kubeconfig);
  const collectors: readonly Collector[] = ['replica-a', 'replica-b'].map((name, index) =>
    createCollector({
      kubeConfig,
      server: { url: server.url, key },
      cluster: recording,
      name,
      version: '0',
      namespaces: [],
      clock: replay.clock,
      // Their batches are of different sizes and come at different times.
      random: () => 0.3 + 0.4 * index,
      usage: false,
      logger: strictLogger,
    }),
  );
  const stop = new AbortController();
  const runs = collectors.map((collector) => collector.run(stop.signal));
  await replay.play();
  stop.abort();
  await Promise.all(runs);
  await replay.close();
  await server.idle();
}

test.each(['s12-oom-main', 's24-seed-story'])('%s: two replicas tell what one does', async (recording) => {
  const [alone, together] = [await startTestServer(), await startTestServer()];
  onTestFinished(async () => void (await Promise.all([alone.close(), together.close()])));
  await replayInto(alone, recording);
  await replayTwice(together, recording);
  const timelines = await timelinesOf(alone, recording);
  expect(timelines).toHaveLength(1);
  expect(await timelinesOf(together, recording)).toEqual(timelines);
});
