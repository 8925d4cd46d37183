import type { SignatureTable } from '../log-signature.ts';

/** No further thread or process: a pids limit or a ulimit, which looks like a lack of memory and is none. */
export const pidsLimit: SignatureTable = {
  cause: 'pids-limit',
  signatures: [
    { text: 'native thread', pattern: /unable to create (?:new )?native thread/ },
    { text: "can't start new thread" },
    {
      text: 'resource temporarily unavailable',
      pattern: /\b(?:fork|clone|pthread_create|spawn|thread)\b.{0,120}[Rr]esource temporarily unavailable/,
    },
    { text: 'eagain', pattern: /\b(?:fork|spawn)\b.{0,200}\bEAGAIN\b/ },
    { text: 'pthread_create failed' },
    { text: 'failed to create new os thread' },
    { text: 'cannot fork', pattern: /[Cc]annot fork\b/ },
  ],
};
