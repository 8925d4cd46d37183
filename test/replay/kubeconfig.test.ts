import { CoreV1Api, KubeConfig, VersionApi } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { startReplay } from '../../replay/play.ts';
import { line, pod, smallRecording } from './small-recording.ts';

test('the kubeconfig of a replay leads the official client to it', async () => {
  const recording = smallRecording([line(1, 'ADDED', pod('web', 101))]);
  const replay = await startReplay({ recordings: [recording], pace: 'lockstep', quiet: () => Promise.resolve() });
  await replay.play();
  const config = new KubeConfig();
  config.loadFromString(replay.kubeconfig);
  const pods = await config.makeApiClient(CoreV1Api).listPodForAllNamespaces({ limit: 10 });
  expect([pods.metadata?.resourceVersion, pods.items.map((item) => item.metadata?.name)]).toEqual(['101', ['web']]);
  expect((await config.makeApiClient(VersionApi).getCode()).gitVersion).toBe('v1.36.2');
  await replay.close();
});
