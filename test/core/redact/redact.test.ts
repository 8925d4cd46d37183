import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { redact } from '#core/redact/redact.ts';
import { lookAlikes, planted } from './planted.ts';

describe('redact', () => {
  test('the table is as long as it claims', () => {
    expect(planted.length).toBeGreaterThanOrEqual(40);
    expect(lookAlikes.length).toBeGreaterThanOrEqual(40);
  });

  test.each(planted)('%s', (text, secret, rule) => {
    const { text: redacted, counts } = redact(text);
    expect(redacted).not.toContain(secret);
    expect(redacted).toContain(`[REDACTED:${rule}]`);
    expect(counts).toEqual({ [rule]: 1 });
  });

  test.each(planted)('in the middle of a log: %s', (text, secret) => {
    const log = `2026-11-22T11:03:56.706189662Z starting\n${text}\n2026-11-22T11:03:57.706189662Z exit 1\n`;
    const { text: redacted } = redact(log);
    expect(redacted).not.toContain(secret);
    expect(redacted.startsWith('2026-11-22T11:03:56.706189662Z starting\n')).toBe(true);
    expect(redacted.endsWith('\n2026-11-22T11:03:57.706189662Z exit 1\n')).toBe(true);
    expect(redacted.split('\n')).toHaveLength(log.split('\n').length);
  });

  test.each(lookAlikes)('stays as it is: %s', (text) => {
    expect(redact(text)).toEqual({ text, counts: {} });
  });

  test('takes the secret and nothing beside it', () => {
    expect(redact('{"user":"app","password":"x","port":5432} dsn=postgres://u:p4ss@db/shop').text).toBe(
      '{"user":"app","password":"[REDACTED:named-pair]","port":5432} dsn=postgres://u:[REDACTED:url-userinfo]@db/shop',
    );
  });

  test('counts each rule', () => {
    expect(redact('password=a1\npassword=b2\nredis://:x@h').counts).toEqual({ 'named-pair': 2, 'url-userinfo': 1 });
  });

  test('redacting twice gives the same and counts nothing', () => {
    for (const [text] of planted) {
      const once = redact(text).text;
      expect(redact(once)).toEqual({ text: once, counts: {} });
    }
  });

  test('pieces of every credential format in any mixture: nothing new the second time, lines kept', () => {
    const piece = oneof(
      constantFrom(...planted.map(([text]) => text), ...lookAlikes),
      constantFrom('"', "'", '\\', '=', ':', ' ', '\n', '[REDACTED:jwt]', '@', '://', 'password', 'token', '-----BEGIN PRIVATE KEY-----'),
      string({ maxLength: 12 }),
    );
    assert(
      property(array(piece, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const once = redact(text);
        expect(redact(once.text)).toEqual({ text: once.text, counts: {} });
        expect(once.text.split('\n')).toHaveLength(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('redact on the recorded dirty log', () => {
  const folder = join(import.meta.dirname, '../../recordings/s34-large-dirty-log-crash/logs');
  const text = readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith('.0.log')) ?? ''), 'utf8');

  test('its planted credentials are gone and nothing else changes', () => {
    const { text: redacted, counts } = redact(text);
    expect(counts).toEqual({ authorization: 1, 'named-pair': 1, 'url-userinfo': 1 });
    const before = text.split('\n');
    const changed = redacted.split('\n').filter((line, index) => line !== before[index]);
    expect(changed.map((line) => line.slice(31))).toEqual([
      'config: DATABASE_URL=postgres://importer:[REDACTED:url-userinfo]@10.0.0.5:5432/import Authorization: Bearer [REDACTED:authorization] AWS_SECRET_ACCESS_KEY=[REDACTED:named-pair]',
    ]);
  });
});
