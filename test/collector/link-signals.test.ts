import { expect, test } from 'vitest';
import { linkSignals } from '../../collector/link-signals.ts';

test('aborts with the first of its sources', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const linked = linkSignals(first.signal, second.signal);
  expect(linked.signal.aborted).toBe(false);
  second.abort();
  expect(linked.signal.aborted).toBe(true);
});

test('is aborted from the start where a source is', () => {
  expect(linkSignals(new AbortController().signal, AbortSignal.abort()).signal.aborted).toBe(true);
});

test('follows nothing once it is released', () => {
  const source = new AbortController();
  const linked = linkSignals(source.signal);
  linked.release();
  source.abort();
  expect(linked.signal.aborted).toBe(false);
});
