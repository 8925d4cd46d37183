import type { SignatureTable } from '../log-signature.ts';

export const depReset: SignatureTable = {
  cause: 'dep-reset',
  signatures: [
    { text: 'econnreset' },
    { text: 'connection reset by peer' },
    { text: 'server closed the connection unexpectedly' },
    { text: 'connection terminated unexpectedly' },
    { text: 'connection has been closed unexpectedly' },
    { text: 'lost connection to mysql server' },
    { text: 'mysql server has gone away' },
    { text: 'socket hang up' },
  ],
};
