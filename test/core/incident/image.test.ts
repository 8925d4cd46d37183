import { expect, test } from 'vitest';
import { repositoryOf, toImage } from '#core/incident/image.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['nginx', undefined, { ref: 'nginx' }],
  ['nginx:1.27', undefined, { ref: 'nginx:1.27', tag: '1.27' }],
  ['127.0.0.1:5000/platform/api', undefined, { ref: '127.0.0.1:5000/platform/api' }],
  [
    '127.0.0.1:5000/platform/api:rc1',
    `127.0.0.1:5000/platform/api@${digest}`,
    { ref: '127.0.0.1:5000/platform/api:rc1', tag: 'rc1', digest },
  ],
  [`shop/api:1.4@${digest}`, '', { ref: `shop/api:1.4@${digest}`, tag: '1.4', digest }],
  // A local import has the digest of its configuration for an id.
  ['shop/api:dev', digest, { ref: 'shop/api:dev', tag: 'dev', digest }],
])('%s with %s', (ref, imageID, image) => {
  expect(toImage(ref, imageID)).toEqual(image);
});

test.each([
  ['nginx', 'nginx'],
  ['127.0.0.1:5000/platform/api:rc1', 'platform/api'],
  ['registry.example/a/b@sha256:1', 'a/b'],
  ['library/busybox:1.38', 'library/busybox'],
])('repository of %s is %s', (ref, repository) => {
  expect(repositoryOf(ref)).toBe(repository);
});
