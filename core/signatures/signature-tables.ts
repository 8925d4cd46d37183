import type { SignatureTable } from './log-signature.ts';
import { archMismatch } from './tables/arch-mismatch.ts';
import { badCommand } from './tables/bad-command.ts';
import { badConfig } from './tables/bad-config.ts';
import { bootTimeout } from './tables/boot-timeout.ts';
import { codeBug } from './tables/code-bug.ts';
import { commandNotExecutable } from './tables/command-not-executable.ts';
import { dbAuth } from './tables/db-auth.ts';
import { dbBusy } from './tables/db-busy.ts';
import { dbMissing } from './tables/db-missing.ts';
import { depDns } from './tables/dep-dns.ts';
import { depRefused } from './tables/dep-refused.ts';
import { depReset } from './tables/dep-reset.ts';
import { depTimeout } from './tables/dep-timeout.ts';
import { diskFull } from './tables/disk-full.ts';
import { fdLimit } from './tables/fd-limit.ts';
import { goNilPointer } from './tables/go-nil-pointer.ts';
import { heapOom } from './tables/heap-oom.ts';
import { migration } from './tables/migration.ts';
import { migrationLock } from './tables/migration-lock.ts';
import { missingConfigDotnet } from './tables/missing-config-dotnet.ts';
import { missingConfigImages } from './tables/missing-config-images.ts';
import { missingConfigJvm } from './tables/missing-config-jvm.ts';
import { missingConfigNative } from './tables/missing-config-native.ts';
import { missingConfigNode } from './tables/missing-config-node.ts';
import { missingConfigPhp } from './tables/missing-config-php.ts';
import { missingConfigPlain } from './tables/missing-config-plain.ts';
import { missingConfigPython } from './tables/missing-config-python.ts';
import { missingConfigRuby } from './tables/missing-config-ruby.ts';
import { missingFile } from './tables/missing-file.ts';
import { missingModule } from './tables/missing-module.ts';
import { permission } from './tables/permission.ts';
import { pidsLimit } from './tables/pids-limit.ts';
import { portInUse } from './tables/port-in-use.ts';
import { readOnlyFs } from './tables/read-only-fs.ts';
import { segfault } from './tables/segfault.ts';
import { tls } from './tables/tls.ts';
import { workerOom } from './tables/worker-oom.ts';

/**
 * All signatures, root causes before what wraps them: a migration tool that cannot connect fails by the connection.
 * The order decides between texts of one event.
 */
export const signatureTables: readonly SignatureTable[] = [
  archMismatch,
  commandNotExecutable,
  badCommand,
  heapOom,
  workerOom,
  pidsLimit,
  diskFull,
  portInUse,
  tls,
  dbAuth,
  dbMissing,
  dbBusy,
  depDns,
  depRefused,
  depTimeout,
  depReset,
  migrationLock,
  migration,
  missingConfigPlain,
  missingConfigNode,
  missingConfigPython,
  missingConfigJvm,
  missingConfigDotnet,
  missingConfigRuby,
  missingConfigPhp,
  missingConfigNative,
  missingConfigImages,
  missingModule,
  readOnlyFs,
  permission,
  fdLimit,
  missingFile,
  badConfig,
  goNilPointer,
  segfault,
  bootTimeout,
  codeBug,
];
