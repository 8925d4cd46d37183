import { expect, test } from 'vitest';
import { redact } from '#core/redact/redact.ts';
import { rememberClean } from '#core/redact/remember-clean.ts';

function counting() {
  const asked: string[] = [];
  const remembering = rememberClean((text) => {
    asked.push(text);
    return redact(text);
  }, 3);
  return { asked, remembering };
}

test('gives what the rules give, and asks them once for a text with nothing in it', () => {
  const { asked, remembering } = counting();
  const clean = '--listen=:8080';
  expect([remembering(clean), remembering(clean)]).toEqual([redact(clean), redact(clean)]);
  expect(asked).toEqual([clean]);
});

test('a text with a credential is not kept, nor is a long one', () => {
  const { asked, remembering } = counting();
  const secret = 'password=hunter2hunter2';
  const long = 'x'.repeat(1000);
  for (const text of [secret, secret, long, long]) expect(remembering(text)).toEqual(redact(text));
  expect(asked).toEqual([secret, secret, long, long]);
  expect(remembering(secret).text).not.toContain('hunter2');
});

test('forgets what came least recently', () => {
  const { asked, remembering } = counting();
  for (const text of ['a', 'b', 'c', 'a', 'd', 'e', 'a', 'f', 'g', 'a', 'b']) remembering(text);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'b']);
});
