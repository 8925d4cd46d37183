import type { SignatureTable } from '../log-signature.ts';

/** A certificate or a handshake was refused, on the side of this process. */
export const tls: SignatureTable = {
  cause: 'tls',
  signatures: [
    { text: 'x509: ' },
    { text: 'certificate_verify_failed' },
    { text: 'certificate verify failed' },
    { text: 'pkix path building failed' },
    { text: 'certificate has expired' },
    { text: 'cert_has_expired' },
    { text: 'certificate', pattern: /[Ss]elf[- ]signed certificate|unable to (?:get|verify).{0,60}certificate/ },
    { text: 'self_signed_cert' },
    { text: 'unable_to_verify_leaf_signature' },
    { text: 'err_tls_cert_altname_invalid' },
    { text: 'sslhandshakeexception' },
    { text: 'wrong version number' },
    { text: 'cannot load certificate' },
    { text: 'the remote certificate is invalid' },
    { text: 'tls: failed to verify' },
    { text: 'tls: private key does not match' },
    { text: 'failed to find any pem data' },
    { text: 'first record does not look like a tls handshake' },
    { text: 'server gave http response to https client' },
  ],
};
