import { redact } from './redact.ts';
import { rememberClean } from './remember-clean.ts';

/**
 * `redact` for the texts of objects: the containers of a cluster run the same few commands, are probed at the same paths and wait for
 * the same reasons.
 */
export const redactKnown = rememberClean(redact);
