import type { SignatureTable } from '../log-signature.ts';

export const portInUse: SignatureTable = {
  cause: 'port-in-use',
  signatures: [
    { text: 'eaddrinuse' },
    { text: 'address already in use' },
    { text: 'address in use' },
    { text: 'was already in use', pattern: /[Pp]ort \d{1,5} was already in use/ },
    { text: 'connection in use: ' },
    { text: 'a server is already running' },
    { text: 'only one usage of each socket address' },
  ],
};
