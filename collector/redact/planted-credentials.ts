/** A made-up credential in a line of a log, put together from parts so that no scanner takes this file for a leak. */
export interface PlantedCredential {
  readonly format: string;
  readonly line: string;
  readonly secret: string;
}

const letters = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z';
const some = (length: number, alphabet = letters): string =>
  Array.from({ length }, (_, index) => alphabet.charAt((index * 7 + 3) % alphabet.length)).join('');
const hex = (length: number): string => some(length, '0123456789abcdef');

function planted(format: string, secret: string, line: (secret: string) => string): PlantedCredential {
  return { format, secret, line: line(secret) };
}

const jwt = `eyJ${some(17)}.eyJ${some(20)}.${some(30)}`;
const keyKind = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const pemBody = Array.from({ length: 6 }, (_, line) => some(60 + line)).join('\n');

/** One of each format that must never leave: what the start of a collector tries its redaction on. */
export const plantedCredentials: readonly PlantedCredential[] = [
  planted('authorization header', jwt, (secret) => `GET /orders Authorization: Bearer ${secret}`),
  planted('basic authorization', 'dXNlcjpodW50ZXIyMg==', (secret) => `"Authorization":"Basic ${secret}"`),
  planted('cookie', hex(32), (secret) => `> Cookie: session=${secret}; theme=dark`),
  planted('JSON web token', jwt, (secret) => `session ${secret} expired`),
  planted('password in a URL', 'Sup3rS3cret', (secret) => `dial postgres://app:${secret}@10.0.0.5:5432/shop failed`),
  planted('signed URL', some(40), (secret) => `GET https://acc.blob.core.windows.net/c/f?sv=2024&sig=${secret}&se=2026`),
  planted('AWS access key', `AKIA${some(16, 'A2B3C4D5E6F7G')}`, (secret) => `key ${secret} is not authorized`),
  planted('AWS secret key', some(40), (secret) => `AWS_SECRET_ACCESS_KEY=${secret}`),
  planted('Google key', `AIza${some(35)}`, (secret) => `maps ${secret}`),
  planted('GitHub token', `ghp_${some(36)}`, (secret) => `remote: ${secret}`),
  planted('GitLab token', `glpat-${some(20)}`, (secret) => `${secret} is revoked`),
  planted('Slack token', `xoxb-1234567890-${some(24)}`, (secret) => `posting with ${secret}`),
  planted('Stripe key', `sk_live_${some(24)}`, (secret) => `charge with ${secret}`),
  planted('npm token', `npm_${some(36)}`, (secret) => `publishing with ${secret}`),
  planted('private key', pemBody, (secret) => `-----BEGIN ${keyKind}-----\n${secret}\n-----END ${keyKind}-----`),
  planted('environment variable', 'hunter2-9f', (secret) => `DB_PASSWORD=${secret}`),
  planted('JSON field', 's3cr3tvalue', (secret) => `{"user":"app","api_key":"${secret}"}`),
  planted('YAML field', 'hunter2-9f', (secret) => `  clientSecret: ${secret}`),
  planted('command line', 'hunter2-9f', (secret) => `curl -s -u admin:${secret} https://example.com`),
];
