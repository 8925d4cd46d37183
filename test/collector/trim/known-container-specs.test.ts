import { expect, test } from 'vitest';
import { knownContainerSpecs } from '../../../collector/trim/known-container-specs.ts';
import { isObject, object } from '../../../collector/trim/read-field.ts';
import { trimContainerSpec } from '../../../collector/trim/trim-container-spec.ts';
import { lastObject } from '../support/recorded.ts';

const spec = object(object(lastObject('s20-sidecar-crash', 'pods')).spec);
const containers = (Array.isArray(spec.containers) ? spec.containers : []).filter(isObject);

function trimmedOf(changed: object): readonly unknown[] {
  return [...knownContainerSpecs({ ...spec, ...changed }).app.values()].map(({ trimmed }) => trimmed);
}

test('gives what trimming gives, and the same objects again for the same spec, on whatever node', () => {
  const known = trimmedOf({});
  expect(known).toEqual(containers.map((raw) => trimContainerSpec(raw, object(spec.securityContext))));
  expect(known).toHaveLength(2);
  expect(knownContainerSpecs({ ...structuredClone(spec), nodeName: 'other' })).toBe(knownContainerSpecs(spec));
});

test('what it gives cannot be changed by one of those who share it', () => {
  for (const trimmed of trimmedOf({})) expect(Object.values(object(trimmed)).every((part) => Object.isFrozen(part))).toBe(true);
});

test('a spec that differs anywhere, or in its security context, is another one', () => {
  const [first, ...others] = containers;
  const known = trimmedOf({});
  expect(trimmedOf({ containers: [{ ...first, args: ['--other'] }, ...others] })).toEqual([
    { ...object(known[0]), args: ['--other'] },
    ...known.slice(1),
  ]);
  expect(trimmedOf({ securityContext: { runAsUser: 7 } })).toEqual(known.map((trimmed) => ({ ...object(trimmed), runAsUser: 7 })));
});
