import type { SignatureTable } from '../log-signature.ts';

/** Code or a library that the image should hold is not in it, or is of the wrong version. */
export const missingModule: SignatureTable = {
  cause: 'missing-module',
  signatures: [
    { text: "cannot find module '" },
    { text: 'err_module_not_found' },
    { text: 'cannot find package', pattern: /Cannot find package '/ },
    { text: 'modulenotfounderror' },
    { text: 'no module named', pattern: /\bNo module named\b/ },
    { text: 'importerror: ', pattern: /^(?:[\w.]{1,60}\.)?ImportError: / },
    { text: 'cannot load such file -- ' },
    { text: 'bundler::gemnotfound' },
    { text: 'noclassdeffounderror' },
    { text: 'classnotfoundexception' },
    { text: 'unsupportedclassversionerror' },
    { text: 'error while loading shared libraries: ' },
    { text: 'error loading shared library' },
    { text: 'error relocating' },
    { text: 'cannot open shared object file' },
    { text: 'version `glibc', pattern: /version `GLIBC\w{0,10}_[\d.]{1,20}' not found/ },
    { text: 'could not load file or assembly' },
    { text: 'dllnotfoundexception' },
    { text: 'could not find driver' },
  ],
};
