import type { SignatureTable } from '../log-signature.ts';

/** A file or folder that the process needs is not there: not mounted, not copied, or elsewhere. */
export const missingFile: SignatureTable = {
  cause: 'missing-file',
  signatures: [
    { text: 'enoent', pattern: /\bENOENT\b/ },
    { text: 'no such file or directory' },
    { text: 'no such file', pattern: /\b[Nn]o such file\b/ },
    { text: 'filenotfounderror' },
    { text: 'filenotfoundexception' },
    { text: 'nosuchfileexception' },
    { text: 'could not find file' },
    { text: 'could not find a part of the path' },
    { text: 'cannot find the file specified' },
    { text: 'could not open input file' },
    { text: 'config file', pattern: /[Cc]onfig [Ff]ile .{0,200}(?:[Nn]ot [Ff]ound|does not exist|is missing)/ },
    { text: 'configuration file', pattern: /[Cc]onfiguration file .{0,200}(?:not found|does not exist|is missing)/ },
    { text: 'cannot be found', pattern: /Config data resource .{1,300} cannot be found/ },
  ],
};
