import type { SignatureTable } from '../log-signature.ts';

export const fdLimit: SignatureTable = {
  cause: 'fd-limit',
  signatures: [
    { text: 'emfile', pattern: /\bEMFILE\b/ },
    { text: 'too many open files' },
    { text: 'file watchers', pattern: /\bENOSPC\b/ },
  ],
};
