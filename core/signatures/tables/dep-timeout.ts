import type { SignatureTable } from '../log-signature.ts';

/** A dependency did not answer in time, or no packet reached it. */
export const depTimeout: SignatureTable = {
  cause: 'dep-timeout',
  signatures: [
    { text: 'etimedout' },
    { text: 'ehostunreach' },
    { text: 'enetunreach' },
    { text: 'i/o timeout' },
    { text: 'connection timed out' },
    { text: 'connect timed out' },
    { text: 'timeout expired' },
    { text: 'the connection attempt failed.' },
    { text: "couldn't get a connection after" },
    { text: 'timeout acquiring a connection' },
    { text: 'connection is not available, request timed out' },
    { text: 'no route to host' },
    { text: 'network is unreachable' },
    { text: 'server selection', pattern: /server selection timeout|ServerSelectionTimeoutError/i },
    { text: 'while waiting for a server', pattern: /Timed out after \d{1,9} ms while waiting for a server/ },
    { text: 'timed out waiting for a node assignment' },
    { text: 'failed to update metadata after' },
    {
      text: 'context deadline exceeded',
      pattern:
        /\b(?:dial|connect\w{0,4}|ping|Get|Post|Put|lookup|rpc error|database|redis|mongo|kafka|etcd)\b.{0,300}context deadline exceeded/,
    },
    { text: 'did not properly respond after a period of time' },
    { text: 'p1002', pattern: /\bP1002\b/ },
  ],
};
