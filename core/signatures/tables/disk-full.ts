import type { SignatureTable } from '../log-signature.ts';

export const diskFull: SignatureTable = {
  cause: 'disk-full',
  signatures: [
    { text: 'no space left on device' },
    { text: 'enospc', pattern: /\bENOSPC\b/, unless: /file watchers/ },
    { text: 'disk quota exceeded' },
    { text: 'could not extend file' },
    { text: 'not enough space on the disk' },
  ],
};
