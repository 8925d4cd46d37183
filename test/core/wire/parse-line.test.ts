import { describe, expect, test } from 'vitest';
import { parseLine } from '#core/wire/parse-line.ts';
import { maxLineBytes } from '#core/wire/sizes.ts';
import { event, pod } from '../../support/build-observations.ts';

describe('parseLine', () => {
  test('takes a valid observation as it is', () => {
    const state = pod(0);
    expect(parseLine(JSON.stringify(state))).toEqual({ ok: true, observation: state, fields: expect.any(Number) });
  });

  test('drops unknown fields and treats null as absent', () => {
    const state = pod(0);
    const line = JSON.stringify({
      ...state,
      invented: 1,
      node: null,
      containers: state.containers.map((item) => ({ ...item, secret: 'x', started: null })),
    });
    const { node: _, ...withoutNode } = state;
    expect(parseLine(line)).toEqual({ ok: true, observation: withoutNode });
  });

  test.each([
    ['{', 'line is not valid JSON'],
    ['[]', 'Invalid input: expected object, received array'],
    ['{"kind":"secret"}', 'unknown kind "secret"'],
    ['{"kind":7}', 'unknown kind 7'],
    [JSON.stringify({ ...event(0, { reason: 'Failed', message: 'x' }), count: -1 }), 'count: Too small: expected number to be >=0'],
    [JSON.stringify({ ...pod(0), observedAt: 'yesterday' }), 'observedAt: Invalid ISO datetime'],
    [JSON.stringify({ ...pod(0), id: 'abc' }), 'id: Invalid string: must match pattern /^[0-9a-f]{64}$/'],
    [JSON.stringify({ ...pod(0), name: 'x'.repeat(254) }), 'name: Too big: expected string to have <=253 characters'],
    ['x'.repeat(maxLineBytes + 1), `line is longer than ${maxLineBytes} characters`],
  ])('rejects a line: %#', (line, reason) => {
    expect(parseLine(line)).toEqual({ ok: false, reason });
  });

  test('never repeats the content of a line in its reason', () => {
    const line = JSON.stringify({ ...pod(0), phase: 'hunter2hunter2hunter2' });
    expect(JSON.stringify(parseLine(line))).not.toContain('hunter2');
  });
});
