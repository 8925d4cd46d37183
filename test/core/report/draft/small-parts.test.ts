import { describe, expect, test } from 'vitest';
import type { HealthPoint } from '#core/incident/health.ts';
import { heapSetting } from '#core/report/memory/heap-setting.ts';
import { replicaTime } from '#core/report/draft/facts/replica-time.ts';
import { isTimezone } from '#core/report/local-time.ts';
import { shellWord } from '#core/report/draft/shell-word.ts';
import { withoutAddresses } from '#core/report/without-addresses.ts';

describe('heapSetting', () => {
  test.each([
    [['-Xms64m', '-Xmx512m', '-jar', 'app.jar'], { flag: '-Xmx512m', bytes: 512 * 2 ** 20 }],
    [['-Xmx2G'], { flag: '-Xmx2G', bytes: 2 * 2 ** 30 }],
    [['-Xmx1073741824'], { flag: '-Xmx1073741824', bytes: 2 ** 30 }],
    [['-Xmx1g', '-Xmx256m'], { flag: '-Xmx256m', bytes: 256 * 2 ** 20 }],
    [['--max-old-space-size=768', 'server.js'], { flag: '--max-old-space-size=768', bytes: 768 * 2 ** 20 }],
    [['--max_old_space_size', '768'], { flag: '--max_old_space_size 768', bytes: 768 * 2 ** 20 }],
    [['sh', '-c', 'exec java -Xmx300m -jar app.jar'], { flag: '-Xmx300m', bytes: 300 * 2 ** 20 }],
    [['--label=-Xmx512m'], undefined],
    [['-XX:MaxRAMPercentage=75'], undefined],
    [[], undefined],
  ])('%j', (args, expected) => {
    expect(heapSetting({ command: ['java'], args })).toEqual(expected);
  });
});

describe('replicaTime', () => {
  const point = (at: number, ready: number, wanted?: number): HealthPoint => ({
    at,
    ready,
    healthy: ready === wanted,
    ended: false,
    ...(wanted === undefined ? {} : { wanted }),
  });

  test('sums each missing replica from the onset to the end', () => {
    const health = [point(0, 3, 3), point(10_000, 1, 3), point(40_000, 2, 3), point(100_000, 3, 3)];
    expect(replicaTime(health, { from: 20_000, to: 70_000 })).toEqual({
      notReady: 2 * 20_000 + 30_000,
      wanted: 150_000,
      lowest: { at: 20_000, ready: 1, wanted: 3 },
    });
  });

  test('more ready than wanted, as during a rollout, makes up for nothing', () => {
    expect(replicaTime([point(0, 4, 3), point(10, 2, 3)], { from: 0, to: 20 })).toMatchObject({ notReady: 10, wanted: 60 });
  });

  test('a bare pod wants to be one; scaled to zero wants nothing', () => {
    expect(replicaTime([point(0, 0)], { from: 0, to: 10 })).toMatchObject({ notReady: 10, wanted: 10 });
    expect(replicaTime([point(0, 0, 0)], { from: 0, to: 10 })).toBeUndefined();
    expect(replicaTime([], { from: 0, to: 10 })).toBeUndefined();
  });
});

describe('shellWord', () => {
  test.each([
    ['deploy/payments-api', 'deploy/payments-api'],
    ['app=api,tier=web', 'app=api,tier=web'],
    ['a b', "'a b'"],
    ["x'; rm -rf ~; #", String.raw`'x'\''; rm -rf ~; #'`],
    ['$(id)', "'$(id)'"],
    ['one\ntwo', "'one ⏎ two'"],
    ['', "''"],
  ])('%j', (value, expected) => {
    expect(shellWord(value)).toBe(expected);
  });
});

describe('withoutAddresses', () => {
  test.each([
    ['deployed by jane.doe@corp.example today', 'deployed by (address removed) today'],
    ['<ops+oncall@mail.corp.example>', '<(address removed)>'],
    ['platform/api:1.2@sha256:6f48f909fb53', 'platform/api:1.2@sha256:6f48f909fb53'],
    ['postgres://app@db.example.com:5432/shop refused', 'postgres://app@db.example.com:5432/shop refused'],
    ['@octocat', '@octocat'],
    ['root@localhost', 'root@localhost'],
  ])('%j', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected);
  });

  test('a long text costs no more than its length', () => {
    const started = performance.now();
    withoutAddresses(`${'a.'.repeat(200_000)}@${'b-'.repeat(200_000)}`);
    // Generous: quadratic time would be minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('isTimezone', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimezone)).toEqual([true, true, false, false]);
});
