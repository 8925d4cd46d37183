import type { SignatureTable } from '../log-signature.ts';

export const segfault: SignatureTable = {
  cause: 'segfault',
  signatures: [
    { text: '[signal sigsegv' },
    { text: 'segmentation fault' },
    { text: 'sigsegv', pattern: /\bSIGSEGV\b/ },
    { text: 'a fatal error has been detected by the java runtime environment' },
    { text: 'bus error', pattern: /\bBus error\b/ },
    { text: 'double free or corruption' },
    { text: 'stack smashing detected' },
  ],
};
