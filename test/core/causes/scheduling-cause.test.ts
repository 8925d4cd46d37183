import { describe, expect, test } from 'vitest';
import { parseSchedulerMessage } from '../../../core/causes/parse-scheduler-message.ts';
import { schedulingCause } from '../../../core/causes/scheduling-cause.ts';

const notHelpful = (nodes: number): string =>
  ` preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;
const controlPlane = 'node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }';

describe('the grammar', () => {
  test('counted reasons, what other plugins append, and the verdict on preemption', () => {
    expect(
      parseSchedulerMessage(
        '0/4 nodes are available: 1 Insufficient memory, 3 Insufficient cpu. no new claims to deallocate, preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
      ),
    ).toEqual({
      kind: 'filter',
      nodes: 4,
      reasons: [
        { count: 1, text: 'Insufficient memory', cause: 'insufficient-memory', resource: 'memory' },
        { count: 3, text: 'Insufficient cpu', cause: 'insufficient-cpu', resource: 'cpu' },
      ],
      preemption: {
        text: '0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
        notHelpful: 3,
        noVictims: 1,
      },
    });
  });

  test('counts are no partition: one node gives two reasons', () => {
    const message = parseSchedulerMessage('0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.');
    expect(message?.nodes).toBe(1);
    expect(message?.reasons.map(({ count }) => count)).toEqual([1, 1]);
  });

  test('the oldest taint text has a comma of its own', () => {
    expect(
      parseSchedulerMessage(
        "0/3 nodes are available: 1 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate, 2 Insufficient cpu.",
      )?.reasons,
    ).toEqual([
      {
        count: 1,
        text: "node(s) had taint {dedicated: gpu}, that the pod didn't tolerate",
        cause: 'taint',
        taint: { key: 'dedicated', value: 'gpu', class: 'custom' },
      },
      { count: 2, text: 'Insufficient cpu', cause: 'insufficient-cpu', resource: 'cpu' },
    ]);
  });

  test('one reason for the pod as a whole', () => {
    expect(parseSchedulerMessage('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found')).toEqual({
      kind: 'prefilter',
      nodes: 1,
      reasons: [{ text: 'pod has unbound immediate PersistentVolumeClaims', cause: 'pvc-unbound' }],
    });
  });

  test('a note that the API server cut off', () => {
    const message = parseSchedulerMessage('0/9 nodes are available: 4 Insufficient cpu, 5 node(s) had untol ...');
    expect(message).toMatchObject({ kind: 'filter', nodes: 9, truncated: true });
    expect(message?.reasons.map(({ cause }) => cause)).toEqual(['insufficient-cpu', 'unexplained']);
  });

  test('preemption policies and other endings', () => {
    const message = parseSchedulerMessage(
      '0/2 nodes are available: 2 Too many pods. preemption: not eligible due to preemptionPolicy=Never.',
    );
    expect(message?.preemption).toEqual({ text: 'not eligible due to preemptionPolicy=Never.', notHelpful: 0, noVictims: 0 });
    expect(message?.reasons).toEqual([{ count: 2, text: 'Too many pods', cause: 'max-pods' }]);
  });

  test('the form before Kubernetes 1.9', () => {
    expect(
      parseSchedulerMessage(
        'No nodes are available that match all of the following predicates:: Insufficient cpu (4), NoVolumeZoneConflict (2).',
      )?.reasons,
    ).toEqual([
      { count: 4, text: 'Insufficient cpu', cause: 'insufficient-cpu', resource: 'cpu' },
      { count: 2, text: 'NoVolumeZoneConflict', cause: 'volume-zone' },
    ]);
  });
});

describe('each reason', () => {
  test.each([
    ['insufficient-nvidia.com/gpu', 'Insufficient nvidia.com/gpu'],
    ['insufficient-ephemeral-storage', 'Insufficient ephemeral-storage'],
    ['taint', 'node(s) had untolerated taint(s)'],
    ['taint', 'node(s) had untolerated taint {dedicated: gpu}'],
    ['taint', "node(s) had taints that the pod didn't tolerate"],
    ['cordoned', 'node(s) were unschedulable'],
    ['node-not-ready', 'node(s) had unknown conditions'],
    ['node-not-ready', 'node(s) were not ready'],
    ['node-selector', "node(s) didn't match Pod's node affinity/selector"],
    ['node-selector', "node(s) didn't match node selector"],
    ['node-selector', "node(s) didn't match scheduler-enforced node affinity"],
    ['node-name', "node(s) didn't match the requested node name"],
    ['host-port', "node(s) didn't have free ports for the requested pod ports"],
    ['pod-affinity', "node(s) didn't match pod affinity rules"],
    ['pod-affinity', "node(s) didn't match pod anti-affinity rules"],
    ['pod-affinity', "node(s) didn't satisfy existing pods anti-affinity rules"],
    ['topology-spread', "node(s) didn't match pod topology spread constraints (missing required label)"],
    ['volume-topology', "node(s) didn't find available persistent volumes to bind"],
    ['volume-topology', "node(s) didn't match PersistentVolume's node affinity"],
    ['volume-topology', 'node(s) had volume node affinity conflict'],
    ['volume-zone', 'node(s) had no available volume zone'],
    ['volume-limit', 'node(s) exceed max volume count'],
    ['csi-missing', 'ebs.csi.aws.com CSI driver is not installed on the node'],
    ['volume-conflict', 'node(s) had no available disk'],
    ['volume-conflict', 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod'],
    ['dra', 'cannot allocate all claims'],
    ['node-features', "node(s) didn't match Pod's required features"],
    ['scheduler-plugin', "node(s) didn't satisfy plugin(s) [A B]"],
    ['unexplained', 'node(s) disliked the pod'],
  ])('%s: %s', (cause, reason) => {
    expect(schedulingCause(`0/2 nodes are available: 2 ${reason}.${notHelpful(2)}`)).toMatchObject({
      cause,
      count: 2,
      nodes: 2,
      others: [],
    });
  });

  test.each([
    ['pvc-missing', 'persistentvolumeclaim "db-data" not found', 'db-data'],
    ['pvc-missing', 'persistentvolumeclaim "db-data" is being deleted', 'db-data'],
    ['pvc-missing', 'waiting for ephemeral volume controller to create the persistentvolumeclaim "db-data"', 'db-data'],
    ['pvc-unbound', 'persistentvolumeclaim "db-data" bound to non-existent persistentvolume "pv-1"', 'db-data'],
    ['pvc-unbound', 'pod has unbound immediate PersistentVolumeClaims', undefined],
  ])('%s: %s', (cause, reason, claim) => {
    const finding = schedulingCause(`0/2 nodes are available: ${reason}.${notHelpful(2)}`);
    expect([finding?.kind, finding?.cause, finding?.claim]).toEqual(['prefilter', cause, claim]);
  });

  test.each([
    ['node.kubernetes.io/not-ready', 'not-ready'],
    ['node.kubernetes.io/unreachable', 'unreachable'],
    ['node.kubernetes.io/disk-pressure', 'disk-pressure'],
    ['node.cloudprovider.kubernetes.io/uninitialized', 'uninitialized'],
    ['node-role.kubernetes.io/master', 'control-plane'],
    ['dedicated', 'custom'],
  ])('the class of taint %s', (key, taintClass) => {
    expect(schedulingCause(`0/1 nodes are available: 1 node(s) had untolerated taint {${key}: }.`)?.taint).toEqual({
      key,
      value: '',
      class: taintClass,
    });
  });
});

describe('the reason to read first', () => {
  test.each([
    ['resources of the workers before the taint of the control plane', `1 ${controlPlane}, 3 Insufficient cpu`, 4, 'insufficient-cpu'],
    ['half of all nodes, but all that remain', `3 ${controlPlane}, 3 Insufficient memory`, 6, 'insufficient-memory'],
    ['the control plane where nothing else is said', `3 ${controlPlane}`, 3, 'taint'],
    ['the selector that most nodes fail', "1 Insufficient cpu, 7 node(s) didn't match Pod's node affinity/selector", 8, 'node-selector'],
    ['the selector beside the control plane', `1 ${controlPlane}, 2 node(s) didn't match Pod's node affinity/selector`, 3, 'node-selector'],
    [
      'volumes before a taint of as many nodes',
      '2 node(s) had untolerated taint {a: b}, 2 node(s) had volume node affinity conflict',
      4,
      'volume-topology',
    ],
    ['the scarcer of two resources', '1 Insufficient memory, 2 Insufficient cpu', 2, 'insufficient-cpu'],
    ['a known reason before one that is not', '1 Insufficient cpu, 3 node(s) disliked the pod', 4, 'insufficient-cpu'],
  ])('%s', (_, reasons, nodes, cause) => {
    expect(schedulingCause(`0/${nodes} nodes are available: ${reasons}.`)?.cause).toBe(cause);
  });

  test('a request that no node could ever hold', () => {
    expect(schedulingCause(`0/2 nodes are available: 2 Insufficient memory.${notHelpful(2)}`)?.exceedsEveryNode).toBe(true);
    expect(
      schedulingCause(
        '0/2 nodes are available: 2 Insufficient memory. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
      )?.exceedsEveryNode,
    ).toBeUndefined();
  });

  test('the other reasons are kept', () => {
    expect(schedulingCause(`0/4 nodes are available: 1 ${controlPlane}, 3 Insufficient cpu.`)?.others.map(({ text }) => text)).toEqual([
      controlPlane,
    ]);
  });
});

describe('other texts', () => {
  test.each([
    ['no-nodes', 'no nodes available to schedule pods'],
    ['scheduling-gated', 'Scheduling is blocked due to non-empty scheduling gates'],
    ['scheduling-gated', 'waiting for scheduling gates: [example.com/quota]'],
    ['volume-binding-timeout', 'running PreBind plugin "VolumeBinding": binding volumes: timed out waiting for the condition'],
    ['gang-waiting', 'waiting for minCount pods from a gang'],
    ['pvc-missing', 'persistentvolumeclaim "data" not found'],
    ['pvc-unbound', 'pod has unbound immediate PersistentVolumeClaims (repeated 3 times)'],
    [
      'insufficient-resources',
      'Failed to schedule pod, incompatible with nodepool "default", daemonset overhead={"cpu":"150m"}, no instance type satisfied resources {"cpu":"3310m"} and requirements x In [y]',
    ],
    ['taint', 'Failed to schedule pod, did not tolerate taint (taint=a=b:NoSchedule)'],
    [
      'node-selector',
      'Failed to schedule pod, incompatible with nodepool "a", daemonset overhead={"cpu":"1"}, incompatible requirements, key zone',
    ],
    ['autoscaler-limit', "pod didn't trigger scale-up: 1 node(s) had untolerated taint(s), 3 max node group size reached"],
  ])('%s: %s', (cause, message) => {
    expect(schedulingCause(message)).toMatchObject({ cause, kind: 'other' });
  });

  test.each(['skip schedule deleting pod: shop/api-1', 'Successfully assigned shop/api-1 to node-1', '', "pod didn't trigger scale-up:"])(
    'no cause in %j (trap 59)',
    (message) => {
      expect(schedulingCause(message)).toBeUndefined();
    },
  );
});
