import type { SignatureTable } from '../log-signature.ts';

/** What the entrypoints of well-known images and the shells themselves say. */
export const missingConfigImages: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    {
      text: 'database is uninitialized and',
      pattern: /Database is uninitialized and (?:superuser password|password option) is not specified/,
    },
    { text: 'parameter not set', pattern: /\b\w{1,60}: parameter not set/ },
    { text: 'parameter null or not set' },
    { text: 'unbound variable', pattern: /\b\w{1,60}: unbound variable/ },
    { text: ': required', pattern: /: [A-Z][A-Z0-9_]{1,60}: required$/ },
    { text: 'mongo_initdb_root', pattern: /missing 'MONGO_INITDB_ROOT_/ },
  ],
};
