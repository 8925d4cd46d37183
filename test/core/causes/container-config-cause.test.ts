import { describe, expect, test } from 'vitest';
import { containerConfigCause } from '../../../core/causes/container-config-cause.ts';

describe('what is missing, by name', () => {
  test.each([
    ['configmap "api-config" not found', { cause: 'missing-configmap', object: { kind: 'ConfigMap', name: 'api-config' } }],
    ['configmaps "api-config" not found', { cause: 'missing-configmap', object: { kind: 'ConfigMap', name: 'api-config' } }],
    ['secret "api-db" not found', { cause: 'missing-secret', object: { kind: 'Secret', name: 'api-db' } }],
    ['secrets "api-db" not found', { cause: 'missing-secret', object: { kind: 'Secret', name: 'api-db' } }],
    [
      "couldn't find key FEATURE_FLAGS in ConfigMap shop/api-config",
      { cause: 'missing-key', object: { kind: 'ConfigMap', namespace: 'shop', name: 'api-config', key: 'FEATURE_FLAGS' } },
    ],
    [
      "couldn't find key password in Secret shop/api-db",
      { cause: 'missing-key', object: { kind: 'Secret', namespace: 'shop', name: 'api-db', key: 'password' } },
    ],
  ])('%s', (message, expected) => {
    expect(containerConfigCause(message)).toEqual({ ...expected, matched: message });
    expect(containerConfigCause(`Error: ${message}`)).toEqual({ ...expected, matched: message });
  });
});

describe('what passes by itself (traps 26, 59)', () => {
  test.each([
    ['object "shop"/"api-db" not registered', { namespace: 'shop', name: 'api-db' }],
    ['failed to sync configmap cache: timed out waiting for the condition', undefined],
    ['failed to sync secret cache: timed out waiting for the condition', undefined],
    ['services have not yet been read at least once, cannot construct envvars', undefined],
  ])('%s', (message, object) => {
    const finding = containerConfigCause(message);
    expect(finding).toMatchObject({ cause: 'config-cache-not-synced', transient: true });
    expect(finding?.object).toEqual(object);
  });
});

describe('the other texts', () => {
  test.each([
    ['bad-env-file', 'couldn\'t parse env file "/x/app.env": line 3'],
    ['bad-env-file', 'environment variable key "PORT" not found in file "app.env"'],
    ['bad-env-file', 'cannot find the volume "env" referenced by FileKeyRef'],
    ['bad-mount-ref', 'cannot find volume "data" to mount into container "api"'],
    ['bad-mount-ref', 'cannot find volume "dev" to pass into container "api"'],
    ['bad-subpath', 'error SubPath `/abs` must not be an absolute path'],
    ['bad-subpath', "unable to provision SubPath `a/../b`: must not contain '..'"],
    ['bad-subpath', 'failed to create subPath directory for volumeMount "data" of container "api"'],
    ['bad-subpath', 'failed to prepare subPath for volumeMount "data" of container "api"'],
    ['bad-subpath-expr', 'missing value for POD_NAME, POD_NS'],
    ['run-as-non-root', 'container\'s runAsUser breaks non-root policy (pod: "api_shop(1)", container: api)'],
    ['run-as-non-root', 'container has runAsNonRoot and image will run as root (pod: "api_shop(1)", container: api)'],
    ['run-as-non-root', 'container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root'],
    ['recursive-ro', 'failed to resolve recursive read-only mode: not supported'],
    ['ephemeral-target', 'unable to find target container "api"'],
    ['node-fs', 'create container log directory for container api failed: mkdir /var/log/pods/x: no space left on device'],
  ])('%s: %s', (cause, message) => {
    const finding = containerConfigCause(`Error: ${message}`);
    expect(finding?.cause).toBe(cause);
    expect(finding?.transient).toBeUndefined();
    expect(message).toContain(finding?.matched);
  });
});

describe('look-alikes', () => {
  test.each([
    'container secret "not-found" started',
    'deployment "secret" not found',
    'persistentvolumeclaim "configmap" not found',
    'image is missing value for money',
    'ErrImagePull',
    '',
  ])('%s', (message) => {
    expect(containerConfigCause(message)).toBeUndefined();
  });
});
