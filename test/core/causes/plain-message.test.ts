import { describe, expect, test } from 'vitest';
import { containerConfigCause } from '../../../core/causes/container-config-cause.ts';
import { imagePullCause } from '../../../core/causes/image-pull-cause.ts';
import { parseKilling } from '../../../core/causes/parse-killing.ts';
import { plainMessage } from '../../../core/causes/plain-message.ts';
import { probeCause } from '../../../core/causes/probe-cause.ts';
import { schedulingCause } from '../../../core/causes/scheduling-cause.ts';
import { startFailureCause } from '../../../core/causes/start-failure-cause.ts';

const combined = '(combined from similar events): ';

describe('messages that the API server combined (trap 51)', () => {
  test('are read as the newest of them', () => {
    expect(plainMessage(`${combined}Stopping container api`)).toBe('Stopping container api');
    expect(probeCause(`${combined}Liveness probe failed: EOF`)?.outcome).toBe('reset');
    expect(parseKilling(`${combined}Container api failed startup probe, will be restarted`).why).toBe('probe');
    expect(schedulingCause(`${combined}0/1 nodes are available: 1 Too many pods.`)?.cause).toBe('max-pods');
    expect(containerConfigCause(`${combined}Error: missing value for POD_NAME`)?.cause).toBe('bad-subpath-expr');
    expect(startFailureCause(`${combined}Error: exec /app/run.sh: no such file or directory`)?.cause).toBe('missing-interpreter');
    expect(
      imagePullCause(`${combined}Failed to pull image "api:1": rpc error: code = Unknown desc = Error: image t/api:1 not found`)?.cause,
    ).toBe('not-found');
  });

  test('a text of any length is cut', () => {
    expect(plainMessage('x'.repeat(20_000))).toHaveLength(8192);
  });
});
