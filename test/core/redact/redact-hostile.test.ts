import { expect, test } from 'vitest';
import { redact } from '#core/redact/redact.ts';

/** Each makes a pattern with a careless quantifier start again at every character. */
const hostile = [
  'eyJ', '_eyJ', 'token', 'secret=$a', 'token="', '://', '://a:', '-a', '-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----\n',
  '-----END PRIVATE KEY-----', 'AAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----', 'name:secret', 'curl -u ', 'cookie: a=', 'A', '\n', 'token: |\n',
  'jdbc:oracle:thin:a/', 'a.@tcp(', 'token="\\', 'bearer ', 'authorization:digest ', "token='token=\"", 'api_key_', 'passw.', 'value name=token ',
]; // prettier-ignore

test.each(hostile)('%j, three hundred thousand characters of it, are read in seconds', (piece) => {
  const text = piece.repeat(Math.ceil(300_000 / piece.length));
  const started = performance.now();
  redact(text);
  // Linear passes need under half a second here, quadratic ones many minutes.
  expect(performance.now() - started).toBeLessThan(10_000);
});
