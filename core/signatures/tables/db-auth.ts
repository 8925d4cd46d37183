import type { SignatureTable } from '../log-signature.ts';

/** A database, cache or broker refused the credentials or the client. */
export const dbAuth: SignatureTable = {
  cause: 'db-auth',
  signatures: [
    { text: 'password authentication failed for user' },
    { text: 'peer authentication failed for user' },
    { text: 'ident authentication failed for user' },
    { text: 'no pg_hba.conf entry for' },
    { text: 'role "', pattern: /role "[^"]{1,100}" does not exist/ },
    { text: 'failed sasl auth' },
    { text: 'access denied for user' },
    { text: 'login failed for user' },
    { text: 'ora-01017' },
    { text: 'wrongpass', pattern: /\bWRONGPASS\b/ },
    { text: 'noauth', pattern: /\bNOAUTH\b/ },
    { text: 'err auth ', pattern: /\bERR AUTH / },
    { text: 'authentication failed', pattern: /Mongo\w{0,40}(?:Error|Exception).{0,80}[Aa]uthentication failed/ },
    { text: 'access_refused' },
    { text: 'saslauthenticationexception' },
    { text: 'p1000', pattern: /\bP1000\b/ },
    { text: 'there is an issue connecting with your username/password' },
  ],
};
