import { describe, expect, test } from 'vitest';
import { container, event, pod, running, waiting } from '../../support/build-observations.ts';
import { signsOf } from './signs-of.ts';

const ref = 'registry.example/shop/api:1.4.2';
const missing = `failed to pull and unpack image "${ref}": failed to resolve reference "${ref}": ${ref}: not found`;

function pulling(seconds: number, reason: string, message = missing) {
  return pod(seconds, { phase: 'Pending', containers: [container({ state: waiting(reason, message) })] });
}

const expected = {
  rule: 'image-pull-back-off',
  symptom: 'ImagePullBackOff',
  phase: 'image-pull',
  basis: 'observed',
  container: 'app',
  deaths: 0,
};

describe('image-pull-back-off', () => {
  test('opens after ten seconds, and the alternating reasons are one stretch', () => {
    const signs = signsOf([pulling(2, 'ErrImagePull'), pulling(5, 'ImagePullBackOff'), pulling(20, 'ErrImagePull')]);
    expect(signs).toEqual([{ ...expected, cause: 'not-found', from: 2, until: undefined, opens: 12 }]);
  });

  test('opens at the second try, counted by the event', () => {
    const tries = [1, 7].map((seconds, index) =>
      event(1, {
        uid: 'e1',
        reason: 'Failed',
        message: `Failed to pull image "${ref}": ${missing}`,
        count: index + 1,
        lastTimestamp: pod(seconds).observedAt,
      }),
    );
    const signs = signsOf([...tries, pulling(2, 'ErrImagePull')], 8);
    expect(signs).toEqual([{ ...expected, cause: 'not-found', from: 1, until: undefined, opens: 7 }]);
  });

  test('a first try that heals within ten seconds never opens', () => {
    const started = pod(6, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(6) })] });
    expect(signsOf([pulling(2, 'ErrImagePull'), started])).toEqual([
      { ...expected, cause: 'not-found', from: 2, until: 6, opens: undefined },
    ]);
  });

  test('a pull secret that does not exist is named before the refusal it leads to', () => {
    const refused = `failed to pull and unpack image "${ref}": failed to authorize: failed to fetch anonymous token: 401 Unauthorized`;
    const warning = event(1, {
      reason: 'FailedToRetrieveImagePullSecret',
      message: 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
    });
    expect(signsOf([pulling(2, 'ErrImagePull', refused), warning])[0]?.cause).toBe('missing-pull-secret');
    expect(signsOf([pulling(2, 'ErrImagePull', refused)])[0]?.cause).toBe('auth-denied');
  });

  test('a message that says nothing stays unexplained', () => {
    const signs = signsOf([pulling(2, 'ImagePullBackOff', `Back-off pulling image "${ref}"`)]);
    expect(signs).toEqual([{ ...expected, cause: 'unexplained', basis: 'derived', from: 2, until: undefined, opens: 12 }]);
  });

  test.each(['ContainerCreating', 'PodInitializing', 'CreateContainerConfigError'])('waiting for %s is not a pull error', (reason) => {
    expect(signsOf([pulling(2, reason)]).filter((sign) => sign.symptom === 'ImagePullBackOff')).toEqual([]);
  });
});
