import { describe, expect, test } from 'vitest';
import { at, container, ended, event, pod, running, waiting } from '../../support/build-observations.ts';
import { toldOf } from './signs-of.ts';

const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' };
const creating = pod(2, { phase: 'Pending', startTime: at(1), containers: [container({ state: waiting('ContainerCreating') })] });
const started = pod(20, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(20) })] });

function failing(message: string, reason = 'FailedCreatePodSandBox', to = 60) {
  return event(to, { uid: 'f', reason, message, involvedObject, count: 4, firstTimestamp: at(3), lastTimestamp: at(to) });
}

describe('failed-create-pod-sandbox', () => {
  test.each([
    [
      'no plugin configured, containerd',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "a1": plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running',
      'cni-error',
    ],
    [
      'no plugin configured, CRI-O',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create pod network sandbox k8s_api(1): error adding pod shop_api to CNI network "multus-cni-network": plugin type="multus" failed',
      'cni-error',
    ],
    [
      'an old docker node',
      'FailedCreatePodSandBox',
      'Failed create pod sandbox: rpc error: code = Unknown desc = NetworkPlugin cni failed to set up pod "api_shop" network: failed to find plugin "flannel" in path [/opt/cni/bin]',
      'cni-error',
    ],
    [
      'the network of the node is not ready',
      'NetworkNotReady',
      'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      'network-not-ready',
    ],
    [
      'no address left',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "a1": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
      'ip-pool-exhausted',
    ],
    [
      'the pause image, which is never ImagePullBackOff',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.example/pause:3.9": failed to pull image "registry.example/pause:3.9": failed to do request: Head "https://registry.example/v2/pause/manifests/3.9": dial tcp: lookup registry.example: no such host',
      'dns',
    ],
    [
      'a runtime handler that the node does not have',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured',
      'runtime-class-missing',
    ],
    [
      'a device that cannot be prepared',
      'FailedPrepareDynamicResources',
      'Failed to prepare dynamic resources: NodePrepareResources failed for claim shop/gpu',
      'dra',
    ],
    [
      'the cgroup of the pod',
      'FailedCreatePodContainer',
      'unable to ensure pod container exists: failed to create container for [kubepods burstable pod1]: no space left on device',
      'cgroup-or-device',
    ],
    [
      'memory too small for the runtime itself',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: OCI runtime create failed: container init was OOM-killed (memory limit too low?)',
      'oom-at-start',
    ],
    ['something nobody has seen', 'FailedCreatePodSandBox', 'Failed to create pod sandbox: the moon is in the wrong phase', 'unexplained'],
  ])('%s', (_, reason, message, cause) => {
    expect(toldOf([creating, failing(message, reason)])).toEqual([`FailedCreatePodSandBox sandbox-network ${cause} app`]);
  });

  test('a pod that had run and finds no network after its node restarted', () => {
    const lost = pod(100, {
      conditions: [
        { type: 'PodReadyToStartContainers', status: 'False' },
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
      ],
      containers: [container({ restartCount: 0, containerID: 'containerd://a', state: ended('containerd://a', 255, 20, 99, 'Unknown') })],
    });
    const refused = event(160, {
      uid: 'f2',
      reason: 'FailedCreatePodSandBox',
      message:
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "b": plugin type="cilium-cni" failed',
      involvedObject,
      firstTimestamp: at(101),
      count: 5,
    });
    expect(toldOf([started, lost, refused])).toEqual([
      'ContainerStatusUnknown lost unexplained app',
      'FailedCreatePodSandBox sandbox-network cni-error app',
    ]);
  });
});

describe('what looks like a failed sandbox', () => {
  test('one failure right after the node came up', () => {
    expect(toldOf([creating, failing('network is not ready: NetworkReady=false', 'NetworkNotReady', 8), started])).toEqual([]);
  });

  test('trap 59: a sandbox that changed, as after a reboot', () => {
    const changed = event(30, {
      reason: 'SandboxChanged',
      type: 'Normal',
      message: 'Pod sandbox changed, it will be killed and re-created.',
      involvedObject,
    });
    expect(toldOf([creating, started, changed])).toEqual([]);
  });

  test('the network of the node reported on a pod that runs on', () => {
    expect(toldOf([started, event(90, { reason: 'NetworkNotReady', message: 'network is not ready', involvedObject, count: 9 })])).toEqual(
      [],
    );
  });
});
