import { expect, test } from 'vitest';
import { redact } from '#core/redact/redact.ts';

const base64 = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj', 'AgEAAoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4YMe', 'c1lJzGg4hJzFQ3cAkw0wZ4m8bY2n5Q=='];
const pem = (kind = 'RSA PRIVATE KEY'): string[] => [`-----BEGIN ${kind}-----`, ...base64, `-----END ${kind}-----`];
const mark = '[REDACTED:private-key]';
const stamp = (second: number): string => `2026-11-22T11:03:0${second}.706189662Z `;

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
  'a %s, line by line',
  (kind) => {
    const text = ['before', ...pem(kind), 'after'].join('\n');
    expect(redact(text)).toEqual({ text: ['before', mark, mark, mark, mark, mark, 'after'].join('\n'), counts: { 'private-key': 1 } });
  },
);

test('time stamps of the kubelet stay', () => {
  const text = pem()
    .map((line, index) => stamp(index) + line)
    .join('\n');
  expect(redact(text).text).toBe([0, 1, 2, 3, 4].map((second) => stamp(second) + mark).join('\n'));
});

test('escaped on one line of JSON', () => {
  const text = `{"type":"service_account","key":"${pem().join('\\n')}\\n","id":7}`;
  expect(redact(text).text).toBe(`{"type":"service_account","key":"${mark}\\n","id":7}`);
});

test('cut off before its end', () => {
  const text = ['x', ...pem().slice(0, 3), 'panic: boom'].join('\n');
  expect(redact(text).text).toBe(['x', mark, mark, mark, 'panic: boom'].join('\n'));
});

test('a tail that starts in the middle of one', () => {
  const text = [...pem().slice(1), 'panic: boom'].map((line) => stamp(1) + line).join('\n');
  expect(redact(text).text).toBe([mark, mark, mark, mark, 'panic: boom'].map((line) => stamp(1) + line).join('\n'));
});

test('two keys and a certificate between them', () => {
  const certificate = ['-----BEGIN CERTIFICATE-----', ...base64, '-----END CERTIFICATE-----'];
  const text = [...pem(), ...certificate, ...pem()].join('\n');
  const marks = Array.from({ length: 5 }, () => mark);
  expect(redact(text)).toEqual({ text: [...marks, ...certificate, ...marks].join('\n'), counts: { 'private-key': 2 } });
});

test('a sentence about keys stays', () => {
  const text = 'error: no PRIVATE KEY found in /etc/tls/tls.key';
  expect(redact(text)).toEqual({ text, counts: {} });
});
