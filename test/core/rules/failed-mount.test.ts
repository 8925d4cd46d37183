import { describe, expect, test } from 'vitest';
import type { EventObservation } from '#core/wire/event.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { at, container, event, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' };

function sandbox(status: 'True' | 'False') {
  return [
    { type: 'PodScheduled', status: 'True', lastTransitionTime: at(0) },
    { type: 'PodReadyToStartContainers', status, lastTransitionTime: at(0) },
  ];
}

function creating(seconds: number, fields: Partial<PodObservation> = {}) {
  return pod(seconds, {
    phase: 'Pending',
    startTime: at(1),
    conditions: sandbox('False'),
    containers: [container({ state: waiting('ContainerCreating') })],
    ...fields,
  });
}

const started = (seconds: number) =>
  pod(seconds, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(seconds) })] });

/** One event that repeats, as its last version shows it. */
function failing(message: string, from = 3, to = from, reason = 'FailedMount'): EventObservation {
  return event(to, {
    uid: 'm',
    reason,
    message,
    involvedObject,
    count: to > from ? 5 : 1,
    firstTimestamp: at(from),
    lastTimestamp: at(to),
  });
}

const missing = 'MountVolume.SetUp failed for volume "conf" : configmap "routes" not found';

describe('failed-mount', () => {
  test('opens after half a minute, at the first failure, and is over when a container starts', () => {
    const signs = signsOf([creating(2), failing(missing, 3, 19), started(70)]);
    expect(signs).toEqual([
      {
        rule: 'failed-mount',
        symptom: 'FailedMount',
        phase: 'volume-setup',
        cause: 'missing-configmap',
        basis: 'observed',
        container: 'app',
        from: 3,
        until: 70,
        opens: 33,
        deaths: 0,
      },
    ]);
  });

  test.each([
    [
      'trap 25: a Secret as a volume is the same cause with another symptom',
      'MountVolume.SetUp failed for volume "tls" : secret "shop-tls" not found',
      'missing-secret',
    ],
    ['a key that is not there', 'MountVolume.SetUp failed for volume "tls" : references non-existent secret key: tls.key', 'missing-key'],
    [
      'an NFS server',
      'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32\nMounting command: mount\nOutput: mount.nfs: access denied by server',
      'mount-command',
    ],
    [
      'a driver that is not on the node',
      'MountVolume.MountDevice failed for volume "pvc-1" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ebs.csi.aws.com not found in the list of registered CSI drivers',
      'csi-driver-missing-on-node',
    ],
    [
      'the summary of old kubelets, which names no cause',
      'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data token]: timed out waiting for the condition',
      'unexplained',
    ],
  ])('%s', (_, message, cause) => {
    expect(toldOf([creating(2), failing(message, 3, 50)])).toEqual([`FailedMount volume-setup ${cause} app`]);
  });

  test('the event that names a cause speaks, also where the summary comes later', () => {
    const summary = event(125, {
      uid: 's',
      reason: 'FailedMount',
      message:
        'Unable to attach or mount volumes: unmounted volumes=[conf], unattached volumes=[conf]: timed out waiting for the condition',
      involvedObject,
    });
    expect(toldOf([creating(2), failing(missing, 3, 60), summary])).toEqual(['FailedMount volume-setup missing-configmap app']);
  });

  test('a volume that a second container mounts names that one', () => {
    const containers = [
      container({ state: waiting('ContainerCreating') }),
      container({ name: 'proxy', state: waiting('ContainerCreating'), mounts: [{ volume: 'conf', path: '/etc/proxy' }] }),
    ];
    expect(toldOf([creating(2, { containers }), failing(missing, 3, 60)])).toEqual(['FailedMount volume-setup missing-configmap proxy']);
  });

  test('FailedAttachVolume and FailedMapVolume are folded in, and keep their own reason', () => {
    const attach = failing(
      'AttachVolume.Attach failed for volume "pvc-1" : timed out waiting for external-attacher of x CSI driver to attach volume v',
      3,
      60,
      'FailedAttachVolume',
    );
    expect(primaryOf([creating(2), attach]).map((sign) => [sign.symptom, sign.reason, sign.cause])).toEqual([
      ['FailedMount', 'FailedAttachVolume', 'attach-timeout'],
    ]);
    const map = failing(
      'MapVolume.SetUpDevice failed for volume "pvc-1" : driver name x not found in the list of registered CSI drivers',
      3,
      60,
      'FailedMapVolume',
    );
    expect(primaryOf([creating(2), map]).map((sign) => [sign.symptom, sign.reason])).toEqual([['FailedMount', 'FailedMapVolume']]);
  });
});

describe('what looks like a failed mount', () => {
  const multiAttach = 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) api-6c8-xyz';

  test('trap 59: Multi-Attach while a rolling update hands the volume over', () => {
    expect(toldOf([creating(2), failing(multiAttach, 3, 3, 'FailedAttachVolume'), started(95)])).toEqual([]);
    expect(toldOf([creating(2), failing(multiAttach, 3, 3, 'FailedAttachVolume')], { now: 300 })).toEqual([]);
  });

  test('Multi-Attach that goes on after the force detach is a failure', () => {
    expect(toldOf([creating(2), failing(multiAttach, 3, 500, 'FailedAttachVolume')])).toEqual([
      'FailedMount volume-setup multi-attach app',
    ]);
  });

  test('trap 59: caches of the kubelet that are not filled yet, then a slow image', () => {
    const cache = 'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition';
    const pulled = event(90, { reason: 'Pulled', type: 'Normal', message: 'Successfully pulled image "x" in 80s' });
    expect(toldOf([creating(2), failing(cache), pulled, started(91)])).toEqual([]);
  });

  test('a mount that worked at the second try', () => {
    expect(toldOf([creating(2), failing(missing), creating(8, { conditions: sandbox('True') }), started(60)])).toEqual([]);
  });

  test('a volume that cannot be refreshed in a pod that runs on', () => {
    expect(toldOf([started(10), failing('MountVolume.SetUp failed for volume "conf" : secret "gone" not found', 100, 900)])).toEqual([]);
  });

  test('a pod that is deleted while it waits', () => {
    const deleted = creating(20, { deletionTimestamp: at(50), deletionGracePeriodSeconds: 30 });
    expect(toldOf([creating(2), failing(missing, 3, 15), deleted, pod(51, { deleted: true })])).toEqual([]);
  });
});
