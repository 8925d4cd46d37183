import type { SignatureTable } from '../log-signature.ts';

/** Another migration holds the lock, or one that was killed half-way left it. */
export const migrationLock: SignatureTable = {
  cause: 'migration-lock',
  signatures: [
    { text: 'waiting for changelog lock' },
    { text: 'could not acquire change log lock' },
    { text: 'another migration process is currently running' },
    { text: 'concurrentmigrationerror' },
    { text: 'advisory lock', pattern: /(?:[Uu]nable to acquire|trying to acquire).{0,80}advisory lock/ },
    { text: 'migration table is already locked' },
    { text: 'migrationlocked' },
    { text: "can't acquire", pattern: /can't acquire (?:database )?lock/ },
  ],
};
