import type { SignatureTable } from '../log-signature.ts';

/** The image is built for another CPU, or for more of it than the node has. */
export const archMismatch: SignatureTable = {
  cause: 'arch-mismatch',
  signatures: [
    { text: 'exec format error' },
    { text: 'cannot execute binary file' },
    { text: 'cpu does not support x86-64-v' },
    { text: 'illegal instruction', pattern: /\bIllegal instruction\b/ },
  ],
};
