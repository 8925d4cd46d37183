import { ends, event, loops, pod, runs, waits } from '../../../support/sparse-pod.ts';
import { after, created, later, type Forms } from './forms.ts';

const creating = { phase: 'Pending', startTime: created, containerStatuses: [waits('ContainerCreating')] };
const waiting = (reason: string, message?: string) => [pod({ phase: 'Pending', containerStatuses: [waits(reason, message)] })];
const failing = (reason: string, message: string, fields: object = {}) => [pod(creating), event(reason, message, fields)];

/** Rules of what keeps a container from starting. */
export const beforeStart: Readonly<Record<string, Forms>> = {
  'image-pull-back-off': {
    found: {
      containerd: waiting(
        'ErrImagePull',
        'failed to pull and unpack image "docker.io/shop/api:1": failed to resolve reference "docker.io/shop/api:1": docker.io/shop/api:1: not found',
      ),
      docker: waiting(
        'ErrImagePull',
        'rpc error: code = Unknown desc = Error response from daemon: manifest for shop/api:1 not found: manifest unknown: manifest unknown',
      ),
      'CRI-O': waiting(
        'ImagePullBackOff',
        'Back-off pulling image "shop/api:1": ErrImagePull: initializing source docker://shop/api:1: reading manifest 1 in docker.io/shop/api: manifest unknown',
      ),
      'an old back-off that says nothing': waiting('ImagePullBackOff', 'Back-off pulling image "shop/api:1"'),
    },
    lookAlikes: {
      'a name that is none': waiting(
        'InvalidImageName',
        'Failed to apply default image tag "Shop/api": couldn\'t parse image reference "Shop/api": invalid reference format',
      ),
      'a pull that went on': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('Failed', 'Failed to pull image "shop/api:1": not found'),
      ],
    },
  },
  'invalid-image-name': {
    found: {
      'upper case': waiting(
        'InvalidImageName',
        'Failed to apply default image tag "Shop/API": couldn\'t parse image reference "Shop/API": invalid reference format: repository name must be lowercase',
      ),
      'an old text': waiting(
        'InvalidImageName',
        'Failed to apply default image tag "shop/api:": couldn\'t parse image name "shop/api:": invalid reference format',
      ),
      'without a message': waiting('InvalidImageName'),
    },
    lookAlikes: {
      'a tag that is not there': waiting('ErrImagePull', 'shop/api:1: not found'),
      'a runtime that cannot inspect': waiting('ImageInspectError', 'Failed to inspect image "shop/api:1": rpc error: code = Unavailable'),
    },
  },
  'err-image-never-pull': {
    found: {
      'as the kubelet says': waiting('ErrImageNeverPull', 'Container image "shop/api:dev" is not present with pull policy of Never'),
      'without a message': waiting('ErrImageNeverPull'),
      'in an init container': [pod({ phase: 'Pending', initContainerStatuses: [{ ...waits('ErrImageNeverPull'), name: 'init' }] })],
    },
    lookAlikes: {
      'an image that is pulled': waiting('ErrImagePull', 'shop/api:dev: not found'),
      'an event of a pod that runs': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('ErrImageNeverPull', 'Container image "shop/api:dev" is not present with pull policy of Never'),
      ],
    },
  },
  'create-container-config-error': {
    found: {
      'a Secret': waiting('CreateContainerConfigError', 'secret "api-db" not found'),
      'a key': waiting('CreateContainerConfigError', "couldn't find key password in Secret default/api-db"),
      'a policy': waiting(
        'CreateContainerConfigError',
        'Error: container has runAsNonRoot and image will run as root (pod: "web_default(1)", container: app)',
      ),
      'an event before the status': failing('Failed', 'Error: configmap "api" not found'),
    },
    lookAlikes: {
      'a Secret of a volume': failing('FailedMount', 'MountVolume.SetUp failed for volume "s" : secret "api-db" not found'),
      'a process that misses its configuration': [
        pod({ phase: 'Running', containerStatuses: [loops({ exitCode: 1, reason: 'Error', message: 'secret "api-db" not found' })] }),
      ],
    },
  },
  'create-container-error': {
    found: {
      'CRI-O, where a missing command shows here': waiting(
        'CreateContainerError',
        'container create failed: time="2026-05-03T14:00:00Z" level=error msg="runc create failed: unable to start container process: exec: \\"api\\": executable file not found in $PATH"',
      ),
      containerd: waiting('CreateContainerError', 'failed to generate container "ab" spec: failed to generate spec: no command specified'),
      docker: waiting('CreateContainerError', "Error response from daemon: invalid volume specification: ':/mnt/data:ro'"),
      'the echo of a slow node': waiting(
        'CreateContainerError',
        'failed to reserve container name "app_web_default_1_0": name "app_web_default_1_0" is reserved for "ab"',
      ),
    },
    lookAlikes: {
      'a start that fails': waiting('RunContainerError', 'exec: "api": executable file not found in $PATH'),
      'a configuration that is incomplete': waiting('CreateContainerConfigError', 'configmap "api" not found'),
    },
  },
  'run-container-error': {
    found: {
      containerd: [
        pod({
          phase: 'Running',
          containerStatuses: [
            loops({
              exitCode: 128,
              reason: 'StartError',
              message:
                'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "api": executable file not found in $PATH',
            }),
          ],
        }),
      ],
      docker: [
        pod({
          phase: 'Running',
          containerStatuses: [
            loops({
              exitCode: 127,
              reason: 'ContainerCannotRun',
              message:
                'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "api": executable file not found in $PATH',
            }),
          ],
        }),
      ],
      'a mount': waiting(
        'RunContainerError',
        'failed to create containerd task: error mounting "/var/lib/x" to rootfs at "/etc/x": not a directory: Are you trying to mount a directory onto a file (or vice-versa)?',
      ),
      'Kubernetes before 1.6': waiting('RunContainerError', 'GenerateRunContainerOptions: configmaps "api" not found'),
    },
    lookAlikes: {
      'a shell that finds no command': [pod({ phase: 'Running', containerStatuses: [loops({ exitCode: 127, reason: 'Error' })] })],
      'a process that ends with 128': [
        pod({
          phase: 'Running',
          containerStatuses: [loops({ exitCode: 128, reason: 'Error', startedAt: after(1), finishedAt: after(2) })],
        }),
      ],
    },
  },
  'post-start-hook-error': {
    found: {
      'as a waiting reason': waiting(
        'PostStartHookError',
        'Exec lifecycle hook ([/bin/warm]) for Container "app" in Pod "web_default(1)" failed - error: command \'/bin/warm\' exited with 1',
      ),
      'without a message': waiting('PostStartHookError'),
      'an old text as the reason': waiting("PostStartHookError: command '/bin/warm' exited with 1: "),
    },
    lookAlikes: {
      'a hook before the stop': [pod({ phase: 'Running', containerStatuses: [runs()] }), event('FailedPreStopHook', 'PreStopHook failed')],
      'a hook of the kubelet itself': waiting('PreStartHookError', 'Internal PreStartContainer hook failed: no devices'),
    },
  },
  'unknown-waiting-reason': {
    found: {
      'a raw error': waiting('failed to record image pull intent: disk is full'),
      'a runtime class': waiting('runtime handler "kata" not found'),
      'a reason of a newer kubelet': waiting('QuantumStateUndecided', 'the cat is both'),
    },
    lookAlikes: {
      'being created': waiting('ContainerCreating'),
      'a blank': [pod({ phase: 'Pending', containerStatuses: [{ name: 'app', ready: false, state: { waiting: {} } }] })],
      'restarted by its rules': waiting('RestartingAllContainers'),
    },
  },
  'init-container-hangs': {
    found: {
      'a service that is not there': [
        pod({
          phase: 'Pending',
          initContainerStatuses: [{ ...runs({ ready: false, state: { running: { startedAt: created } } }), name: 'wait' }],
          containerStatuses: [waits('PodInitializing')],
        }),
        later(3),
      ],
      'nobody knows for how long': [
        pod({
          phase: 'Pending',
          initContainerStatuses: [{ ...runs({ ready: false }), name: 'wait' }],
          containerStatuses: [waits('PodInitializing')],
        }),
      ],
      'the second of two': [
        pod({
          phase: 'Pending',
          initContainerStatuses: [
            { ...ends({ exitCode: 0, reason: 'Completed' }), name: 'one' },
            { ...runs({ ready: false, state: { running: { startedAt: created } } }), name: 'two' },
          ],
          containerStatuses: [waits('PodInitializing')],
        }),
        later(3),
      ],
    },
    lookAlikes: {
      'half a minute': [
        pod(
          {
            phase: 'Pending',
            initContainerStatuses: [{ ...runs({ ready: false, state: { running: { startedAt: created } } }), name: 'wait' }],
            containerStatuses: [waits('PodInitializing')],
          },
          { creationTimestamp: created },
        ),
        event('Started', 'Started container wait', { type: 'Normal', lastTimestamp: after(0, 20) }),
      ],
      'a native sidecar': [
        pod(
          { phase: 'Running', initContainerStatuses: [{ ...runs(), name: 'proxy' }], containerStatuses: [runs()] },
          { spec: { initContainers: [{ name: 'proxy', image: 'p', restartPolicy: 'Always' }], containers: [{ name: 'app', image: 'a' }] } },
        ),
        later(60),
      ],
    },
  },
};
