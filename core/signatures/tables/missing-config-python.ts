import type { SignatureTable } from '../log-signature.ts';

export const missingConfigPython: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    { text: "keyerror: '", pattern: /^KeyError: '[A-Z][A-Z0-9_]{2,60}'$/ },
    { text: 'field required [type=missing' },
    { text: 'field required (type=value_error.missing)' },
    {
      text: 'improperlyconfigured: ',
      pattern: /ImproperlyConfigured: .{0,200}(?:SECRET_KEY|environment variable|must not be empty|is not set|not found)/,
    },
    { text: 'undefinedvalueerror' },
    { text: 'unable to locate credentials' },
    { text: 'you must specify a region' },
  ],
};
