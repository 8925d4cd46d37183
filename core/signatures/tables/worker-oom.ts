import type { SignatureTable } from '../log-signature.ts';

/** A worker process was killed by SIGKILL while its supervisor lived on: mostly the kernel's OOM killer. */
export const workerOom: SignatureTable = {
  cause: 'worker-oom',
  signatures: [
    { text: 'was sent sigkill! perhaps out of memory' },
    { text: 'was terminated by signal 9' },
    { text: 'exited on signal 9' },
    { text: 'killed by signal 9' },
    { text: 'signal 9 (sigkill)' },
    { text: 'terminated by sigkill' },
    { text: 'worker', pattern: /\bworker.{0,50}(?:exited|died|killed|terminated).{0,30}(?:\b137\b|SIGKILL|signal 9\b)/i },
    { text: 'child', pattern: /\bchild.{0,50}(?:exited|died|killed|terminated).{0,30}(?:\b137\b|SIGKILL|signal 9\b)/i },
    { text: 'killed', pattern: /^(?:\S{1,200}: line \d{1,6}: {1,10}\d{1,10} )?Killed(?:$| {2,40}\S)/ },
  ],
};
