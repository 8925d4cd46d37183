import type { SignatureTable } from '../log-signature.ts';

export const depDns: SignatureTable = {
  cause: 'dep-dns',
  signatures: [
    { text: 'getaddrinfo', pattern: /getaddrinfo .{0,40}(?:ENOTFOUND|EAI_AGAIN)|getaddrinfo failed/ },
    { text: 'no such host' },
    { text: 'name or service not known' },
    { text: 'temporary failure in name resolution' },
    { text: 'nodename nor servname provided' },
    { text: 'no address associated with hostname' },
    { text: 'unknownhostexception' },
    { text: 'unresolvedaddressexception' },
    { text: 'could not translate host name' },
    { text: 'could not resolve host' },
    { text: "couldn't resolve host" },
    { text: 'host not found in upstream' },
    { text: 'hostname resolving error' },
    { text: 'failed to lookup address information' },
    { text: 'name does not resolve' },
    { text: 'nameresolutionerror' },
    { text: 'unknown mysql server host' },
    { text: 'no resolvable bootstrap urls' },
    { text: 'bad address', pattern: /^\S{1,60}: bad address '/ },
    { text: 'server misbehaving' },
    { text: 'nxdomain', pattern: /:nxdomain\b|\bNXDOMAIN\b/ },
  ],
};
