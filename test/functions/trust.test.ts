import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTrust } from '../../functions/trust.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const entry = {
  cluster: 'prod',
  issuer: 'https://oidc.example/id/1',
  audience: 'mortem',
  jwks: 'https://oidc.example/id/1/keys',
  subjects: ['system:serviceaccount:mortem:mortem-collector'],
};

test('reads JSON from the environment or from a file; a token writes unless told otherwise', async () => {
  const expected = [{ ...entry, scopes: ['write'] }];
  expect(loadTrust(JSON.stringify([entry]))).toEqual(expected);
  const path = join(await temporaryDirectory(), 'trust.json');
  await writeFile(path, JSON.stringify([entry]));
  expect(loadTrust(path)).toEqual(expected);
});

test('pinned keys', () => {
  const jwks = { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }] };
  expect(loadTrust(JSON.stringify([{ ...entry, jwks }]))[0]?.jwks).toEqual(jwks);
});

test.each([
  ['nothing there', '/nonexistent/trust.json', 'is not there: /nonexistent/trust.json.'],
  ['no JSON', '[{', 'is not valid JSON.'],
  ['keys that anybody could replace', { jwks: 'http://oidc.example/keys' }, '0.jwks is an https address'],
  ['no audience', { audience: '' }, '0.audience'],
  ['a pattern as subject', { subjects: ['system:serviceaccount:*'] }, '0.subjects.0 is system:serviceaccount:NAMESPACE:NAME'],
  ['a name that is no cluster', { cluster: '../x' }, '0.cluster is no name of a cluster'],
  ['a word that is misspelled', { audiences: ['x'] }, 'audiences'],
])('%s', (_name, change, sentence) => {
  const source = typeof change === 'string' ? change : JSON.stringify([{ ...entry, ...change }]);
  expect(() => loadTrust(source)).toThrow(sentence);
});
