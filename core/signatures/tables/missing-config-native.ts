import type { SignatureTable } from '../log-signature.ts';

/** Go, Rust and what is built on them. */
export const missingConfigNative: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: 'required key', pattern: /required key \S{1,100} missing value/ },
    { text: 'required environment variable', pattern: /required environment variable "[^"]{1,100}" is not set/ },
    { text: 'missing required value', pattern: /missing required value: \S{1,100}/ },
    { text: 'panic: missing ' },
    { text: 'notpresent', pattern: /\bNotPresent\b/ },
    { text: 'no configuration has been provided, try setting' },
    { text: 'nocredentialproviders' },
    { text: 'could not find default credentials' },
    { text: 'could not load the default credentials' },
    { text: 'no password supplied' },
  ],
};
