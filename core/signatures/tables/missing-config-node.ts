import type { SignatureTable } from '../log-signature.ts';

export const missingConfigNode: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: 'client password must be a string' },
    { text: 'missingenvvarserror' },
    { text: 'env-var: "', pattern: /env-var: "[^"]{1,100}" is a required variable/ },
    { text: 'zoderror', pattern: /ZodError[\s\S]{0,600}"path": \[\s{0,20}"[A-Z][A-Z0-9_]{2,60}"/, spansLines: true },
    {
      text: 'invalid environment variables',
      pattern: /Invalid environment variables[\s\S]{0,400}\[ ?'(?:Required|Invalid input: expected \w{1,20}, received undefined)'/,
      spansLines: true,
    },
    { text: 'missing environment variables:' },
    { text: 'but are not present in the environment' },
    { text: 'region is missing' },
    { text: 'could not load credentials from any providers' },
  ],
};
