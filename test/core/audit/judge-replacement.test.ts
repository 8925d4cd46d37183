import { describe, expect, test } from 'vitest';
import { auditRollouts, withIncidents, withNeighbours } from '#core/audit/audit-rollouts.ts';
import { judgeReplacement } from '#core/audit/judge-replacement.ts';
import { matchImage, parseImageSelector } from '#core/audit/image-selector.ts';
import type { Failure } from '#core/ledger/rollout-record.ts';
import { rollout } from '../../support/build-ledger-rows.ts';
import { at, digest, instant } from '../../support/build-observations.ts';

function failure(seconds: number, fields: Partial<Failure> = {}): Failure {
  return {
    symptom: 'OOMKilled',
    cause: 'oom-container-limit',
    container: 'app',
    deaths: 1,
    firstAt: at(seconds),
    lastAt: at(seconds),
    evidence: 'EV-1',
    ...fields,
  };
}

const failed = rollout(0, { failures: [failure(10)] });
const end = instant(100_000);

describe('a symptom, after its rollout was replaced', () => {
  test.each([
    ['is not seen again until the data ends', [rollout(60)], { verdict: 'ended', quietSeconds: 99_940, quietUntil: 'data-end' }],
    [
      'is not seen again until the next rollout, on which it is',
      [rollout(60), rollout(160, { failures: [failure(170)] })],
      { verdict: 'ended', quietSeconds: 100, quietUntil: 'next-rollout' },
    ],
    [
      'goes on',
      [rollout(60, { failures: [failure(90)] })],
      { verdict: 'continued', symptoms: ['OOMKilled'], quietSeconds: 30, quietUntil: 'symptom' },
    ],
    [
      'comes back after an hour',
      [rollout(60, { failures: [failure(3660)] })],
      { verdict: 'returned', quietSeconds: 3600, quietUntil: 'symptom' },
    ],
    ['gives way to another one', [rollout(60, { failures: [failure(90, { symptom: 'ImagePullBackOff' })] })], { verdict: 'ended' }],
    ['is seen in another container', [rollout(60, { failures: [failure(90, { container: 'proxy' })] })], { verdict: 'ended' }],
  ] as const)('%s', (_, after, verdict) => {
    expect(judgeReplacement(failed, after, end)).toMatchObject(verdict);
  });

  test('a first death and the loop it becomes are one symptom', () => {
    const first = rollout(0, { failures: [failure(10, { symptom: 'Error' })] });
    expect(judgeReplacement(first, [rollout(60, { failures: [failure(70, { symptom: 'CrashLoopBackOff' })] })], end)?.verdict).toBe(
      'continued',
    );
  });

  const secret = (fields: Partial<Failure> = {}) => failure(5, { symptom: 'CreateContainerConfigError', deaths: 0, ...fields });

  test('what was over by itself before was not ended by the replacement, and it is said how long it was not seen', () => {
    const replaced = judgeReplacement(rollout(0, { failures: [secret({ endedAt: at(40) })] }), [rollout(60)], end);
    expect(replaced).toEqual({
      at: at(60),
      kind: 'rollout',
      image: rollout(60).to,
      evidence: rollout(60).evidence,
      quietSeconds: 99_940,
      quietUntil: 'data-end',
    });
  });

  test('what was over only after the replacement had come is judged as what lasts', () => {
    const late = rollout(0, { failures: [secret({ endedAt: at(70) })] });
    expect(judgeReplacement(late, [rollout(60)], end)).toMatchObject({ verdict: 'ended', symptoms: ['CreateContainerConfigError'] });
  });

  test('of two symptoms only the one that lasted is said to have ended', () => {
    const both = rollout(0, { failures: [secret({ endedAt: at(40) }), failure(45)] });
    expect(judgeReplacement(both, [rollout(60)], end)).toMatchObject({ verdict: 'ended', symptoms: ['OOMKilled'] });
  });

  test('what was over before and is seen again has returned, however soon', () => {
    const replaced = rollout(0, { failures: [secret({ endedAt: at(40) })] });
    expect(judgeReplacement(replaced, [rollout(60, { failures: [secret({ firstAt: at(62) })] })], end)).toMatchObject({
      verdict: 'returned',
      symptoms: ['CreateContainerConfigError'],
      quietSeconds: 2,
    });
  });

  test('where nothing had failed there is nothing to judge, and where nothing replaced it neither', () => {
    expect(judgeReplacement(rollout(0), [rollout(60)], end)).not.toHaveProperty('verdict');
    expect(judgeReplacement(failed, [], end)).toBeUndefined();
  });
});

describe('in a sentence', () => {
  test.each([
    [
      'over before',
      [failure(5, { symptom: 'Pending', cause: 'taint', deaths: 0, endedAt: at(40) })],
      'Pending was over 20 s before that, and was not seen again in 1 d 3 h, until the data ends',
    ],
    [
      'over before, and another that lasted',
      [failure(5, { symptom: 'Pending', cause: 'taint', deaths: 0, endedAt: at(40) }), failure(45)],
      'Pending was over 20 s before that; OOMKilled ended: not seen again in 1 d 3 h, until the data ends',
    ],
  ])('%s', (_, failures, said) => {
    const [audited] = auditRollouts([rollout(0, { failures }), rollout(60)], () => true, end);
    expect(audited?.summary.split('replaced after 1 min by the same image; ')[1]).toBe(said);
  });
});

describe('where nothing is asked for', () => {
  const story = [
    rollout(0, { failures: [failure(5, { incident: 'INC-1' })] }),
    rollout(20),
    rollout(40, { failures: [failure(45, { incident: 'INC-2' })] }),
    rollout(60, { failures: [failure(65, { incident: 'INC-2' })] }),
    rollout(80, { failures: [failure(85, { incident: 'INC-2' })] }),
    rollout(100, { kind: 'rollback' }),
  ];
  const audited = auditRollouts(story, ({ kind }) => kind === 'rollback', end);

  test('a rollback is shown with all that failed in the incident before it', () => {
    expect(withIncidents(audited).map(({ at: time }) => time)).toEqual([at(40), at(60), at(80), at(100)]);
    expect(withNeighbours(audited).map(({ at: time }) => time)).toEqual([at(80), at(100)]);
  });
});

describe('an image selector', () => {
  test.each([
    ['platform/api', { repository: 'platform/api' }],
    ['registry.example:5000/platform/api:1.2', { repository: 'platform/api', tag: '1.2' }],
    [`platform/api:1.2@${digest}`, { repository: 'platform/api', tag: '1.2', digest }],
    ['sha256:abababab', { digest: 'sha256:abababab' }],
    ['@sha256:abababab', { digest: 'sha256:abababab' }],
  ])('%s', (text, selector) => {
    expect(parseImageSelector(text)).toEqual(selector);
  });

  test.each([' ', 'a b', 'platform/api@sha256:xyz', 'platform/api@latest'])('"%s" is refused with the forms it can have', (text) => {
    expect(() => parseImageSelector(text)).toThrow(/is no image\. Use REPO, REPO:TAG/);
  });

  const image = { ref: 'registry.example/platform/api:1.2', tag: '1.2', digest };
  test.each([
    ['the digest counts first, whatever the tag is', { repository: 'platform/api', tag: '9', digest }, image, 'digest'],
    [
      'another digest under the same tag is not it',
      { repository: 'platform/api', tag: '1.2', digest: 'sha256:cdcdcdcd' },
      image,
      undefined,
    ],
    ['a tag where no digest is known', { repository: 'platform/api', tag: '1.2', digest }, { ref: image.ref, tag: '1.2' }, 'tag'],
    ['a tag', { repository: 'platform/api', tag: '1.2' }, image, 'tag'],
    ['another tag', { repository: 'platform/api', tag: '1.3' }, image, undefined],
    ['a repository', { repository: 'platform/api' }, image, 'repository'],
    ['a repository that only ends alike', { repository: 'api' }, image, undefined],
  ])('%s', (_, selector, candidate, match) => {
    expect(matchImage(selector, candidate)).toBe(match);
  });
});
