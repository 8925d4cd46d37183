import { describe, expect, test } from 'vitest';
import { createRejectedCause } from '../../../core/causes/create-rejected-cause.ts';

describe('why no pod could be created (trap 81)', () => {
  test.each([
    [
      'quota-exceeded',
      'compute',
      'Error creating: pods "api-1" is forbidden: exceeded quota: compute, requested: limits.cpu=2, used: limits.cpu=3, limited: limits.cpu=4',
    ],
    [
      'quota-exceeded',
      'compute',
      'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4',
    ],
    ['quota-exceeded', 'mem', 'Error creating: pods "api-1" is forbidden: failed quota: mem: must specify limits.memory for: api'],
    [
      'admission-denied',
      'restricted:latest',
      'Error creating: pods "api-1" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "api" must set it)',
    ],
    ['admission-denied', 'policy.example.com', 'Error creating: admission webhook "policy.example.com" denied the request: no latest tag'],
    [
      'admission-denied',
      'require-labels',
      "Error creating: pods \"api-1\" is forbidden: ValidatingAdmissionPolicy 'require-labels' with binding 'b' denied request: no labels",
    ],
    [
      'admission-denied',
      undefined,
      'Error creating: pods "api-1" is forbidden: unable to validate against any security context constraint: []',
    ],
    ['admission-denied', 'gold', 'Error creating: pods "api-1" is forbidden: no PriorityClass with name gold was found'],
    ['admission-denied', undefined, 'Error creating: pods "api-1" is forbidden: maximum cpu usage per Container is 1, but limit is 2'],
    ['admission-denied', undefined, 'Error creating: pods "api-1" is forbidden: some plugin says no'],
    [
      'webhook-unavailable',
      'inject.example.com',
      'Error creating: Internal error occurred: failed calling webhook "inject.example.com": failed to call webhook: Post "https://x/": context deadline exceeded',
    ],
    [
      'service-account-missing',
      'api',
      'Error creating: pods "api-1" is forbidden: error looking up service account shop/api: serviceaccount "api" not found',
    ],
    [
      'service-account-missing',
      'api',
      'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: error looking up service account shop/api: serviceaccount "api" not found',
    ],
    [
      'namespace-terminating',
      undefined,
      'Error creating: pods "api-1" is forbidden: unable to create new content in namespace shop because it is being terminated',
    ],
    ['invalid-spec', undefined, 'Error creating: Pod "api-1" is invalid: spec.containers[0].image: Required value'],
  ])('%s by %s: %s', (cause, by, message) => {
    const finding = createRejectedCause(message);
    expect([finding?.cause, finding?.by]).toEqual([cause, by]);
    expect(message.toLowerCase()).toContain(finding?.matched.toLowerCase());
  });

  test.each(['Created pod: quota-exceeded-1', 'Error creating: etcdserver: request timed out', 'Deleted pod: api-1', ''])(
    'no cause in %j',
    (message) => {
      expect(createRejectedCause(message)).toBeUndefined();
    },
  );
});
