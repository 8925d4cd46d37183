import type { SignatureTable } from '../log-signature.ts';

export const depRefused: SignatureTable = {
  cause: 'dep-refused',
  signatures: [
    { text: 'econnrefused' },
    { text: 'connection refused' },
    { text: 'refused. check that the hostname and port are correct' },
    { text: "can't reach database server" },
    { text: 'p1001', pattern: /\bP1001\b/ },
    { text: 'os error 111' },
    { text: 'actively refused' },
    { text: "can't connect to", pattern: /Can't connect to .{0,40}server on .{1,200}\((?:111|10061)/ },
  ],
};
