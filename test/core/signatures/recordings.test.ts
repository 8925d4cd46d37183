import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchLogSignature } from '../../../core/signatures/match-log-signature.ts';

const recordings = resolve(import.meta.dirname, '../../recordings');

function logsOf(recording: string): readonly { readonly container: string; readonly text: string }[] {
  const folder = join(recordings, recording, 'logs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => ({ container: file.split('.')[1]!, text: readFileSync(join(folder, file), 'utf8') }));
}

function causesOf(recording: string, container: string): readonly (string | undefined)[] {
  return [
    ...new Set(
      logsOf(recording)
        .filter((log) => log.container === container)
        .map(({ text }) => matchLogSignature(text)?.cause),
    ),
  ];
}

describe('logs of real incidents', () => {
  test.each([
    ['s05-crash-missing-env', 'api', 'missing-config'],
    ['s08-volume-permission-denied', 'ledger', 'permission'],
    ['s13-oom-child-survives', 'thumbnailer', 'worker-oom'],
    ['s19-init-crash', 'migrate', 'migration'],
    ['s20-sidecar-crash', 'log-shipper', 'missing-file'],
    ['s22-statefulset-crash', 'broker', 'dep-dns'],
    ['s29-daemonset-crash', 'agent', 'missing-file'],
  ])('%s, %s: %s in every attempt', (recording, container, cause) => {
    expect(causesOf(recording, container)).toEqual([cause]);
  });

  test.each([
    ['s09-liveness-kills-slow-boot', 'catalog'],
    ['s10-readiness-failing', 'checkout'],
    ['s11-startup-probe-failing', 'search'],
    ['s12-oom-main', 'cache'],
    ['s20-sidecar-crash', 'web'],
    ['s21-job-backofflimit', 'export'],
    ['s24-seed-story', 'api'],
    ['s25-healthy-rollout-and-scale-down', 'web'],
    ['s26-job-complete', 'reindex'],
    ['s27-exit-143-liveness', 'mailer'],
    ['s32-bare-pod-failed', 'task'],
    ['s34-large-dirty-log-crash', 'importer'],
    ['s36-node-not-ready', 'web'],
  ])('%s, %s: the log proves nothing', (recording, container) => {
    expect(causesOf(recording, container)).toEqual([undefined]);
  });
});
