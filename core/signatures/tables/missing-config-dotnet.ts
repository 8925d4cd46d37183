import type { SignatureTable } from '../log-signature.ts';

export const missingConfigDotnet: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: "(parameter 'connectionstring')", pattern: /Value cannot be null/ },
    { text: 'optionsvalidationexception' },
    { text: 'the connectionstring property has not been initialized' },
    {
      text: 'connection string',
      pattern: /[Cc]onnection string .{0,100}(?:not found|is missing|is not configured|was not found|is null or empty)/,
    },
  ],
};
