import type { SignatureTable } from '../log-signature.ts';

export const missingConfigPhp: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: 'no application encryption key has been specified' },
    { text: 'undefined array key', pattern: /Undefined array key "[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}"/ },
    { text: 'undefined index', pattern: /Undefined index: [A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}/ },
    { text: 'environment variable not found' },
  ],
};
