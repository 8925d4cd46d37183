import type { SignatureTable } from '../log-signature.ts';

/** A supervisor gave up on a worker; the worker's own words say more. */
export const bootTimeout: SignatureTable = {
  cause: 'boot-timeout',
  generic: true,
  signatures: [{ text: 'worker timeout', pattern: /WORKER TIMEOUT/ }, { text: 'worker failed to boot' }, { text: 'app failed to load' }],
};
