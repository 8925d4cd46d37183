import { lockFolder } from '../../../../collector/spool/lock-folder.ts';

// Holds a folder until it is killed.
lockFolder(process.argv[2] ?? '');
process.stdout.write('locked\n');
setInterval(() => undefined, 60_000);
