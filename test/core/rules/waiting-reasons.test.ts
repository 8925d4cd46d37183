import { describe, expect, test } from 'vitest';
import { at, container, event, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const ref = 'registry.example/shop/api:1.4.2';

function waits(seconds: number, reason: string, message?: string, image = ref) {
  return pod(seconds, { phase: 'Pending', containers: [container({ image, state: waiting(reason, message) })] });
}

const started = (seconds: number) =>
  pod(seconds, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(seconds) })] });

describe('invalid-image-name', () => {
  const told = 'InvalidImageName image-pull invalid-name app';
  const message = `Failed to apply default image tag "${ref}": couldn't parse image name "${ref}": invalid reference format: repository name (Shop/API) must be lowercase`;

  test.each([
    ['the kubelet of today', message],
    [
      'an older kubelet',
      `Failed to apply default image tag "\${IMAGE}": couldn't parse image reference "\${IMAGE}": invalid reference format`,
    ],
    ['no message at all', undefined],
  ])('%s', (_, text) => {
    expect(toldOf([waits(2, 'InvalidImageName', text)])).toEqual([told]);
  });

  test('opens at the second try, which the event InspectFailed counts', () => {
    const tries = [2, 6].map((seconds, index) =>
      event(2, { uid: 'e', reason: 'InspectFailed', message, count: index + 1, lastTimestamp: at(seconds) }),
    );
    expect(signsOf([...tries, waits(3, 'InvalidImageName', message)], 7).map((sign) => [sign.from, sign.opens])).toEqual([[2, 6]]);
  });

  test('a registry that does not know the name is another failure', () => {
    expect(toldOf([waits(2, 'ErrImagePull', `failed to resolve reference "${ref}": ${ref}: not found`)])).toEqual([
      'ImagePullBackOff image-pull not-found app',
    ]);
  });

  test('a reference that is fixed within ten seconds was no incident', () => {
    expect(toldOf([waits(2, 'InvalidImageName', message), started(8)])).toEqual([]);
  });
});

describe('err-image-never-pull', () => {
  const told = 'ErrImageNeverPull image-pull never-pull app';

  test.each([
    ['absent from the node', `Container image "${ref}" is not present with pull policy of Never`],
    ['there, but not for this pod (KEP-2535)', `Container image "${ref}" is present on machine but its pull credentials are not verified`],
    ['no message', undefined],
  ])('%s', (_, text) => {
    expect(toldOf([waits(2, 'ErrImageNeverPull', text)])).toEqual([told]);
  });

  test('look-alikes: a pull that was tried, and an image that came to be there in time', () => {
    expect(toldOf([waits(2, 'ImagePullBackOff', `Back-off pulling image "${ref}"`)])).toEqual([
      'ImagePullBackOff image-pull unexplained app',
    ]);
    expect(toldOf([waits(2, 'ErrImageNeverPull'), started(9)])).toEqual([]);
  });
});

describe('create-container-error', () => {
  test.each([
    [
      'containerd',
      'CreateContainerError',
      'failed to generate container "abc" spec: failed to generate spec: no command specified',
      'no-command',
    ],
    ['docker', 'CreateContainerError', 'Error response from daemon: No command specified', 'no-command'],
    [
      'trap 9: CRI-O reports a missing executable here, without any exit code',
      'CreateContainerError',
      'container create failed: time="2026-05-03T14:00:00Z" level=error msg="runc create failed: unable to start container process: exec: \\"/app/run\\": stat /app/run: no such file or directory"',
      'command-not-found',
    ],
    ['an unknown user', 'CreateContainerError', 'unable to find user app: no matching entries in passwd file', 'unknown-user'],
    ['a hook of the kubelet itself', 'PreCreateHookError', 'not enough cpus available to satisfy request', 'unexplained'],
  ])('%s', (_, reason, message, cause) => {
    expect(toldOf([waits(2, reason, message)])).toEqual([`CreateContainerError container-create ${cause} app`]);
  });

  test('trap 27: "name is reserved" is only the echo of the create that took too long', () => {
    const reserved = 'failed to reserve container name "app_api_shop_1_0": name "app_api_shop_1_0" is reserved for "0123abcd"';
    const bad = 'failed to generate spec: failed to stat "/srv/data": no such file or directory';
    expect(toldOf([waits(2, 'CreateContainerError', reserved)])).toEqual(['CreateContainerError container-create name-reserved app']);
    expect(toldOf([waits(2, 'CreateContainerError', bad), waits(40, 'CreateContainerError', reserved)])).toEqual([
      'CreateContainerError container-create bad-mount app',
    ]);
  });

  test('look-alikes: a configuration that cannot be built, and a start that failed', () => {
    expect(toldOf([waits(2, 'CreateContainerConfigError', 'secret "db" not found')])).toEqual([
      'CreateContainerConfigError container-config missing-secret app',
    ]);
    expect(toldOf([waits(2, 'RunContainerError', 'exec: "/app/run": permission denied')])).toEqual([
      'RunContainerError container-start command-not-executable app',
    ]);
  });

  test('trap 26: one configuration error that clears itself was never an incident', () => {
    expect(toldOf([waits(2, 'CreateContainerConfigError', 'secret "db" not found'), started(9)])).toEqual([]);
  });
});

describe('unknown-waiting-reason', () => {
  test.each([
    ['trap 19: the raw text of an error', 'RuntimeClass "gvisor" not found', undefined, 'unexplained'],
    [
      'a reason nobody has seen, with a message that is known',
      'PullGateClosed',
      'x509: certificate signed by unknown authority',
      'tls-certificate',
    ],
    ['another platform', 'ProviderFailed', 'no capacity in this zone', 'unexplained'],
  ])('%s', (_, reason, message, cause) => {
    expect(toldOf([waits(2, reason, message)])).toEqual([`Unknown image-pull ${cause} app`]);
  });

  test('the reason is quoted as it is', () => {
    const [sign] = signsOf([waits(2, 'failed to record image pull intent: disk full')]);
    expect(sign).toMatchObject({ rule: 'unknown-waiting-reason', symptom: 'Unknown', opens: 12 });
  });

  test.each(['ContainerCreating', 'PodInitializing', 'RestartingAllContainers'])('trap 23: %s is how everything begins', (reason) => {
    expect(toldOf([waits(2, reason)], { now: 60 })).toEqual([]);
  });

  test('a container that reports nothing at all is none', () => {
    expect(toldOf([pod(2, { phase: 'Pending', containers: [container({ state: { waiting: {} } })] })], { now: 60 })).toEqual([]);
  });
});

describe('image-pull-back-off, for the image of a volume', () => {
  test('names the image that fails, which is not the one of the container', () => {
    const message = 'Back-off pulling image "registry.example/data/model:3": ErrImagePull: registry.example/data/model:3: not found';
    const state = pod(2, {
      phase: 'Pending',
      volumes: [{ name: 'model', source: 'image', ref: 'registry.example/data/model:3' }],
      containers: [container({ state: waiting('ImagePullBackOff', message) })],
    });
    expect(primaryOf([state]).map((sign) => [sign.cause, sign.image?.ref])).toEqual([['not-found', 'registry.example/data/model:3']]);
  });
});

describe('trap 20: a kubelet that restarted forgets the reason for a while', () => {
  test('the blank in between does not end the stretch, and what follows it does', () => {
    const observations = [
      waits(2, 'ImagePullBackOff', 'manifest unknown'),
      waits(30, 'ContainerCreating'),
      waits(40, 'ErrImagePull', 'manifest unknown'),
    ];
    expect(signsOf(observations).map((sign) => [sign.from, sign.until])).toEqual([[2, undefined]]);
    expect(signsOf([...observations, started(60)]).map((sign) => [sign.from, sign.until])).toEqual([[2, 60]]);
    expect(signsOf([...observations.slice(0, 2), started(60)]).map((sign) => [sign.from, sign.until])).toEqual([[2, 30]]);
  });
});
