import type { SignatureTable } from '../log-signature.ts';

/** The command is there, but may not be executed. */
export const commandNotExecutable: SignatureTable = {
  cause: 'command-not-executable',
  signatures: [
    { text: 'permission denied', pattern: /^exec \S{1,300}: permission denied/ },
    { text: 'permission denied', pattern: /exec user process caused:? "?permission denied/ },
    { text: 'permission denied', exitCodes: [126] },
    { text: 'is a directory', exitCodes: [126] },
  ],
};
