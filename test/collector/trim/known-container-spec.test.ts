import { expect, test } from 'vitest';
import { knownContainerSpec } from '../../../collector/trim/known-container-spec.ts';
import { isObject, object } from '../../../collector/trim/read-field.ts';
import { trimContainerSpec } from '../../../collector/trim/trim-container-spec.ts';
import { lastObject } from '../support/recorded.ts';

const spec = object(object(lastObject('s20-sidecar-crash', 'pods')).spec);
const containers = (Array.isArray(spec.containers) ? spec.containers : []).filter(isObject);

test('gives what trimming gives, and the same again for the same spec', () => {
  expect(containers).toHaveLength(2);
  for (const raw of containers) {
    const known = knownContainerSpec(raw, {});
    expect(known).toEqual(trimContainerSpec(raw, {}));
    expect(knownContainerSpec(structuredClone(raw), {})).toBe(known);
    expect(Object.values(known).every((part) => Object.isFrozen(part))).toBe(true);
  }
});

test('a spec that differs anywhere, or in another security context, is another one', () => {
  const [raw = {}] = containers;
  const before = knownContainerSpec(raw, {});
  expect(knownContainerSpec({ ...raw, args: ['--other'] }, {})).toEqual({ ...before, args: ['--other'] });
  expect(knownContainerSpec(raw, { runAsUser: 7 })).toEqual({ ...before, runAsUser: 7 });
});
