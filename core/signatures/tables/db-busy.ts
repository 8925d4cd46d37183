import type { SignatureTable } from '../log-signature.ts';

export const dbBusy: SignatureTable = {
  cause: 'db-busy',
  signatures: [
    { text: 'too many clients already' },
    { text: 'remaining connection slots are reserved' },
    {
      text: 'the database system is',
      pattern: /the database system is (?:starting up|shutting down|in recovery mode|not yet accepting connections)/,
    },
    { text: 'too many connections' },
    { text: 'max number of clients reached' },
    { text: 'no more connections allowed' },
  ],
};
