import type { SignatureTable } from '../log-signature.ts';

export const readOnlyFs: SignatureTable = {
  cause: 'read-only-fs',
  signatures: [{ text: 'read-only file system' }, { text: 'erofs', pattern: /\bEROFS\b/ }],
};
