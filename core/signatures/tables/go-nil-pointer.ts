import type { SignatureTable } from '../log-signature.ts';

/** Go raises SIGSEGV for a nil pointer itself: a bug, and no crash of native code. */
export const goNilPointer: SignatureTable = {
  cause: 'code-bug',
  signatures: [{ text: 'invalid memory address or nil pointer dereference' }],
};
