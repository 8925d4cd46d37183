import type { SignatureTable } from '../log-signature.ts';

export const missingConfigJvm: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: 'could not resolve placeholder' },
    { text: 'failed to configure a datasource' },
    { text: 'failed to bind properties under' },
    { text: 'missing required configuration "' },
    { text: 'but no password was provided' },
    { text: 'is required but it could not be found in any config source' },
    { text: 'unable to load credentials from any of the providers' },
    { text: 'no configuration setting found for key' },
  ],
};
