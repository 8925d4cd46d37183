import type { SignatureTable } from '../log-signature.ts';

export const permission: SignatureTable = {
  cause: 'permission',
  signatures: [
    { text: 'eacces', pattern: /\bEACCES\b/ },
    { text: 'eperm', pattern: /\bEPERM\b/ },
    { text: 'permission denied', unless: /publickey/ },
    { text: 'operation not permitted' },
    { text: 'unauthorizedaccessexception' },
    { text: 'accessdeniedexception' },
    { text: 'has wrong ownership' },
    { text: 'has group or world access' },
    { text: 'has invalid permissions' },
  ],
};
