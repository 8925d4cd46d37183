import type { SignatureTable } from '../log-signature.ts';

export const missingConfigRuby: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: 'key not found: "', pattern: /key not found: "[A-Z][A-Z0-9_]{1,60}"/ },
    { text: 'missing `secret_key_base`' },
    { text: 'missing encryption key to decrypt file with' },
    { text: 'could not load database configuration' },
  ],
};
