import { expect, test } from 'vitest';
import { decideRolloutKind, type RevisionImages } from '#core/rollouts/decide-rollout-kind.ts';

function revision(number: string, hash: string, ref: string, digest?: string): RevisionImages {
  return { revision: number, revisionHash: hash, images: [{ container: 'app', ref, ...(digest === undefined ? {} : { digest }) }] };
}

const first = revision('1', 'a', 'api:1', 'sha256:1');
const second = revision('2', 'b', 'api:2', 'sha256:2');

test.each([
  ['the first is a rollout', first, [], { kind: 'rollout' }],
  ['a new digest is a rollout', second, [first], { kind: 'rollout' }],
  [
    'the digest of an earlier revision is a rollback',
    revision('3', 'c', 'api:hotfix', 'sha256:1'),
    [first, second],
    { kind: 'rollback', of: '1' },
  ],
  [
    'the template of an earlier revision is a rollback, pulled or not',
    revision('3', 'a', 'api:1'),
    [first, second],
    { kind: 'rollback', of: '1' },
  ],
  ['the same reference with another digest is a retag', revision('2', 'b', 'api:1', 'sha256:9'), [first], { kind: 'retag' }],
  ['another reference to the same digest', revision('2', 'b', 'api:stable', 'sha256:1'), [first], { kind: 'same-digest-retag' }],
  ['a change of env alone is a rollout', revision('2', 'b', 'api:1', 'sha256:1'), [first], { kind: 'rollout' }],
  ['going on to a third is no rollback', revision('3', 'c', 'api:3', 'sha256:3'), [first, second], { kind: 'rollout' }],
] as const)('%s', (_, next, earlier, expected) => {
  expect(decideRolloutKind(next, earlier)).toEqual(expected);
});
