import { expect, test } from 'vitest';
import { createSealedSessions } from '../../../functions/adapters/sealed-sessions.ts';

function clockAt(time: string) {
  return { now: () => new Date(time), sleep: () => Promise.resolve() };
}

const morning = clockAt('2026-05-03T08:00:00Z');
const evening = clockAt('2026-05-03T20:00:01Z');
const secret = 's'.repeat(32);

test('a session is its credential, unreadable, until it ends', async () => {
  const sessions = createSealedSessions(morning, secret);
  const token = await sessions.seal('mk_secret');
  expect(await sessions.open(token)).toBe('mk_secret');
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('mk_secret');
  expect(await createSealedSessions(evening, secret).open(token)).toBeUndefined();
});

test('with a shared secret another process takes it, without one none does', async () => {
  const token = await createSealedSessions(morning, secret).seal('mk_secret');
  expect(await createSealedSessions(morning, secret).open(token)).toBe('mk_secret');
  expect(await createSealedSessions(morning, 't'.repeat(32)).open(token)).toBeUndefined();
  const own = createSealedSessions(morning);
  expect(await own.open(await own.seal('mk_secret'))).toBe('mk_secret');
  expect(await createSealedSessions(morning).open(await own.seal('mk_secret'))).toBeUndefined();
});

test('what is changed or feigned is no session', async () => {
  const sessions = createSealedSessions(morning, secret);
  const token = await sessions.seal('mk_secret');
  const forged = [`${token.slice(0, -2)}AA`, '', 'x', 'a.b.c.d.e', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`];
  expect(await Promise.all(forged.map((text) => sessions.open(text)))).toEqual(forged.map(() => undefined));
});
