import { describe, expect, test } from 'vitest';
import { mountCause } from '../../../core/causes/mount-cause.ts';
import { parseMountMessage } from '../../../core/causes/parse-mount-message.ts';

const setUp = 'MountVolume.SetUp failed for volume "conf" : ';

describe('the frame', () => {
  test.each([
    [`${setUp}configmap "routes" not found`, 'MountVolume.SetUp', ['conf']],
    ['MountVolume.MountDevice failed for volume "pvc-1" : rpc error: code = Internal', 'MountVolume.MountDevice', ['pvc-1']],
    ['MountVolume.NodeAffinity check failed for volume "pv-1" : no matching NodeSelectorTerms', 'MountVolume.NodeAffinity check', ['pv-1']],
    ['MountVolume.NewMounter initialization failed for volume "a" : x', 'MountVolume.NewMounter initialization', ['a']],
    ['MapVolume.SetUpDevice failed for volume "pvc-2" : x', 'MapVolume.SetUpDevice', ['pvc-2']],
    ['AttachVolume.Attach failed for volume "pvc-3" : x', 'AttachVolume.Attach', ['pvc-3']],
    ['Multi-Attach error for volume "pvc-4" Volume is already used by pod(s) a, b', 'Multi-Attach', ['pvc-4']],
    [
      'Unable to attach or mount volumes: unmounted volumes=[data logs], unattached volumes=[data logs kube-api-access-x], failed to process volumes=[]: timed out',
      undefined,
      ['data', 'logs'],
    ],
    [
      'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data], failed to process volumes=[logs]: x',
      undefined,
      ['logs'],
    ],
    [
      'Unable to mount volumes for pod "api_shop(1)": timeout expired waiting for volumes to attach or mount for pod "shop"/"api". list of unmounted volumes=[data]. list of unattached volumes=[data]',
      undefined,
      ['data'],
    ],
  ])('%s', (message, operation, volumes) => {
    const frame = parseMountMessage(message);
    expect([frame?.operation, frame?.volumes]).toEqual([operation, volumes]);
  });

  test('no volume, no frame', () => {
    expect(parseMountMessage('Back-off pulling image "conf"')).toBeUndefined();
  });
});

describe('causes', () => {
  test.each([
    ['missing-configmap', `${setUp}configmap "routes" not found`],
    ['missing-secret', 'MountVolume.SetUp failed for volume "tls" : secret "shop-tls" not found'],
    ['missing-key', `${setUp}references non-existent secret key: tls.crt`],
    ['missing-key', `${setUp}configmap references non-existent config key: routes.yaml`],
    ['config-cache-not-synced', `${setUp}failed to sync configmap cache: timed out waiting for the condition`],
    ['config-cache-not-synced', `${setUp}object "shop"/"routes" not registered`],
    [
      'service-account-missing',
      'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "api" not found',
    ],
    [
      'csi-driver-missing-on-node',
      'MountVolume.MountDevice failed for volume "pvc-1" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ebs.csi.aws.com not found in the list of registered CSI drivers',
    ],
    [
      'attach-timeout',
      'AttachVolume.Attach failed for volume "pvc-1" : timed out waiting for external-attacher of ebs.csi.aws.com CSI driver to attach volume vol-1',
    ],
    [
      'multi-attach',
      'Multi-Attach error for volume "pvc-1" Volume is already exclusively attached to one node and can\'t be attached to another',
    ],
    [
      'rwop-in-use',
      'MountVolume.SetUp failed for volume "pvc-1" : volume uses the ReadWriteOncePod access mode and is already in use by another pod',
    ],
    ['hostpath-type', 'MountVolume.SetUp failed for volume "sock" : hostPath type check failed: /var/run/docker.sock is not a socket file'],
    ['attach-limit', 'Node has reached its volume attachment limit, rejecting pod. unmounted volumes=[data]'],
    ['slow', 'Setting volume ownership for /var/lib/kubelet/pods/1/volumes/x, processed 300000 files.'],
  ])('%s: %s', (cause, message) => {
    expect(mountCause(message)?.cause).toBe(cause);
  });

  test.each([
    ['access-denied-by-server', 'mount.nfs: access denied by server while mounting 10.0.0.5:/export'],
    ['no-such-file', 'mount.nfs: mounting 10.0.0.5:/export failed, reason given by server: No such file or directory'],
    ['wrong-fs', 'mount: /var/lib/x: wrong fs type, bad option, bad superblock on 10.0.0.5:/export, missing codepage or helper program.'],
    ['timed-out', 'mount.nfs: Connection timed out'],
    ['permission-denied', 'mount: Permission denied'],
    ['other', 'mount: something else'],
  ])('mount-command, %s', (output, printed) => {
    const message = `MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t nfs 10.0.0.5:/export /var/lib/x\nOutput: ${printed}\n`;
    expect(mountCause(message)).toEqual({
      cause: 'mount-command',
      matched: 'mount failed: exit status 32',
      volume: 'nfs',
      volumes: ['nfs'],
      operation: 'MountVolume.SetUp',
      output,
    });
  });

  test('the whole of a missing ConfigMap', () => {
    expect(mountCause(`${setUp}configmap "routes" not found`)).toEqual({
      cause: 'missing-configmap',
      matched: 'configmap "routes" not found',
      object: { kind: 'ConfigMap', name: 'routes' },
      volume: 'conf',
      volumes: ['conf'],
      operation: 'MountVolume.SetUp',
    });
  });

  test.each([
    [`${setUp}failed to sync secret cache: timed out waiting for the condition`],
    ['Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) db-0'],
  ])('seen in healthy pods too (trap 59): %s', (message) => {
    expect(mountCause(message)?.transient).toBe(true);
  });

  test('a missing ConfigMap is no passing matter', () => {
    expect(mountCause(`${setUp}configmap "routes" not found`)?.transient).toBeUndefined();
  });

  test.each([
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data], failed to process volumes=[]: timed out waiting for the condition',
    'MountVolume.SetUp failed for volume "multi-attach-secret" : rpc error: code = Unavailable desc = x',
    'Back-off restarting failed container secret in pod x',
    '',
  ])('no cause in %j', (message) => {
    expect(mountCause(message)).toBeUndefined();
  });
});
