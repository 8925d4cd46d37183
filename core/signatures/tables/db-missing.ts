import type { SignatureTable } from '../log-signature.ts';

export const dbMissing: SignatureTable = {
  cause: 'db-missing',
  signatures: [
    { text: 'database "', pattern: /database "[^"]{1,100}" does not exist/ },
    { text: 'unknown database' },
    { text: 'p1003', pattern: /\bP1003\b/ },
    { text: 'activerecord::nodatabaseerror' },
    { text: 'cannot open database' },
  ],
};
