import { ends, event, pod, runs, waits } from '../../../support/sparse-pod.ts';
import { after, created, later, type Forms } from './forms.ts';

const creating = { phase: 'Pending', startTime: created, containerStatuses: [waits('ContainerCreating')] };
const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: created };
const bound = { nodeName: 'node-1', containers: [{ name: 'app', image: 'shop/api:1' }] };
const unscheduled = (message: string, reason = 'Unschedulable') =>
  pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason, message }] });
const failing = (reason: string, message: string, fields: object = {}) => [pod(creating), event(reason, message, fields)];
const refused = (kind: string, message: string) => [
  { kind, metadata: { name: 'api', namespace: 'default', uid: 'owner', creationTimestamp: created }, spec: { replicas: 1 }, status: {} },
  event('FailedCreate', message, {
    count: 3,
    involvedObject: { kind, name: 'api', namespace: 'default', uid: 'owner' },
    firstTimestamp: after(1),
    lastTimestamp: after(5),
  }),
];

/** Rules of what happens before a container is touched. */
export const beforeContainers: Readonly<Record<string, Forms>> = {
  'failed-create': {
    found: {
      quota: refused(
        'ReplicaSet',
        'Error creating: pods "api-x" is forbidden: exceeded quota: compute, requested: cpu=2, used: cpu=1, limited: cpu=2',
      ),
      'a webhook': refused('Job', 'Error creating: admission webhook "validate.kyverno.svc" denied the request: no'),
      'a StatefulSet': refused(
        'StatefulSet',
        'create Pod api-0 in StatefulSet api failed error: pods "api-0" is forbidden: error looking up service account default/api: serviceaccount "api" not found',
      ),
    },
    lookAlikes: {
      'a namespace that is going away': refused(
        'ReplicaSet',
        'Error creating: pods "api-x" is forbidden: unable to create new content in namespace shop because it is being terminated',
      ),
      'a volume snapshot of that reason': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('FailedCreate', 'snapshot failed'),
      ],
    },
  },
  pending: {
    found: {
      'one reason': [unscheduled('0/3 nodes are available: 3 Insufficient memory.')],
      'the oldest wording of a taint': [
        unscheduled("0/1 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate."),
      ],
      'a claim, before any node was looked at': [
        unscheduled(
          '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
        ),
      ],
      'a scheduler that gave up': [unscheduled('running PreBind plugin "VolumeBinding": binding volumes: timed out', 'SchedulerError')],
    },
    lookAlikes: {
      'a pod that has a node and mounts': [pod({ ...creating, conditions: [scheduled] }, { spec: bound })],
      'a pod that is gated': [unscheduled('Scheduling is blocked due to non-empty scheduling gates', 'SchedulingGated')],
      'a pod that is being deleted': [
        pod({ phase: 'Pending' }, { deletionTimestamp: created }),
        event('FailedScheduling', 'skip schedule deleting pod: default/web'),
      ],
    },
  },
  'scheduling-gated': {
    found: {
      'as the API server writes it': [unscheduled('Scheduling is blocked due to non-empty scheduling gates', 'SchedulingGated')],
      'without a message': [unscheduled('', 'SchedulingGated')],
      'by a queue': [
        pod(
          { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
          { spec: { schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }], containers: [] } },
        ),
      ],
    },
    lookAlikes: {
      'a gate that was lifted': [pod({ ...creating, conditions: [scheduled] }, { spec: bound })],
      'no node': [unscheduled('0/1 nodes are available: 1 Insufficient cpu.')],
    },
  },
  'admission-rejected': {
    found: {
      'out of cpu': [
        pod({
          phase: 'Failed',
          reason: 'OutOfcpu',
          message: "Pod was rejected: Node didn't have enough resource: cpu, requested: 4000, used: 1500, capacity: 4000",
        }),
      ],
      'an old name': [pod({ phase: 'Failed', reason: 'MatchNodeSelector', message: 'Pod Predicate MatchNodeSelector failed' })],
      'a device': [
        pod({
          phase: 'Failed',
          reason: 'UnexpectedAdmissionError',
          message:
            'Pod Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected',
        }),
      ],
      'a node that goes down': [
        pod({ phase: 'Failed', reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' }),
      ],
    },
    lookAlikes: {
      'an eviction at admission': [
        pod({ phase: 'Failed', reason: 'Evicted', message: 'Pod was rejected: The node had condition: [MemoryPressure]. ' }),
      ],
      'a pod that ran before it failed': [
        pod({ phase: 'Failed', reason: 'DeadlineExceeded', containerStatuses: [ends({ exitCode: 137 })] }),
      ],
    },
  },
  'failed-mount': {
    found: {
      'a ConfigMap': failing('FailedMount', 'MountVolume.SetUp failed for volume "conf" : configmap "api" not found'),
      'the summary of an old kubelet': failing(
        'FailedMount',
        'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data kube-api-access]: timed out waiting for the condition',
      ),
      NFS: failing(
        'FailedMount',
        'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32\nMounting command: mount\nOutput: mount.nfs: access denied by server while mounting 10.0.0.9:/x',
      ),
      'an attach': failing(
        'FailedAttachVolume',
        'AttachVolume.Attach failed for volume "pvc-1" : timed out waiting for external-attacher of ebs.csi.aws.com CSI driver to attach volume vol-1',
        { source: { component: 'attachdetach-controller' } },
      ),
    },
    lookAlikes: {
      'a cache that is filled right after the binding': failing(
        'FailedMount',
        'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition',
        { firstTimestamp: created, lastTimestamp: created },
      ),
      'a pod that runs': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('FailedMount', 'MountVolume.SetUp failed for volume "conf" : configmap "api" not found'),
      ],
    },
  },
  'failed-create-pod-sandbox': {
    found: {
      'a network plugin': failing(
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "ab": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized',
      ),
      'no addresses': failing(
        'FailedCreatePodSandBox',
        'Failed create pod sandbox: rpc error: code = Unknown desc = NetworkPlugin cni failed to set up pod "web" network: add cmd: failed to assign an IP address to container',
      ),
      'the old spelling': failing('FailedCreatePodSandbox', 'Failed to create pod sandbox: no runtime for "gvisor" is configured'),
      'a network that is not there': failing(
        'NetworkNotReady',
        'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni plugin not initialized',
      ),
    },
    lookAlikes: {
      'a sandbox that was made again': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', { type: 'Normal' }),
      ],
      'a pod whose containers got further': [
        pod({ phase: 'Pending', containerStatuses: [waits('ImagePullBackOff')] }),
        event('FailedCreatePodSandBox', 'Failed to create pod sandbox: no addresses'),
      ],
    },
  },
  'creation-stalled': {
    found: {
      'a quarter of an hour without a word': [pod({ ...creating, conditions: [scheduled] }, { spec: bound }), later(15)],
      'an image that takes its time': [
        pod({ ...creating, conditions: [scheduled, { type: 'PodReadyToStartContainers', status: 'True' }] }, { spec: bound }),
        event('Pulling', 'Pulling image "shop/api:1"', { type: 'Normal', lastTimestamp: after(0, 5) }),
        later(15),
      ],
      'files that change their owner': [
        pod({ ...creating, conditions: [scheduled] }, { spec: bound }),
        event('VolumePermissionChangeInProgress', 'Setting volume ownership for data is taking longer than expected', {
          lastTimestamp: after(1),
        }),
        later(15),
      ],
    },
    lookAlikes: {
      'a few minutes': [pod({ ...creating, conditions: [scheduled] }, { spec: bound }), later(5)],
      'a container that got further': [
        pod({ phase: 'Pending', startTime: created, conditions: [scheduled], containerStatuses: [waits('ErrImagePull')] }, { spec: bound }),
        later(15),
      ],
    },
  },
};
