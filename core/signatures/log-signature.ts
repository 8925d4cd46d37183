export type LogCause =
  | 'arch-mismatch'
  | 'bad-command'
  | 'command-not-executable'
  | 'heap-oom'
  | 'worker-oom'
  | 'pids-limit'
  | 'disk-full'
  | 'port-in-use'
  | 'tls'
  | 'db-auth'
  | 'db-missing'
  | 'db-busy'
  | 'dep-dns'
  | 'dep-refused'
  | 'dep-timeout'
  | 'dep-reset'
  | 'migration-lock'
  | 'migration'
  | 'missing-config'
  | 'missing-module'
  | 'read-only-fs'
  | 'permission'
  | 'fd-limit'
  | 'missing-file'
  | 'bad-config'
  | 'segfault'
  | 'boot-timeout'
  | 'code-bug';

/** One text that a program prints when it fails, in the wording of its language, library or tool. */
export interface LogSignature {
  /** Lower case; must occur in the lower-cased line. A cheap look that spares most lines the pattern. */
  readonly text: string;
  /** Decides, in the log's own case, where the text alone would also meet harmless lines. */
  readonly pattern?: RegExp;
  /** Where this occurs in the line, the line is harmless. */
  readonly unless?: RegExp;
  /** The text means something only together with one of these exit codes. */
  readonly exitCodes?: readonly number[];
  /** The pattern spans the lines of one statement, as in an error printed over several lines. */
  readonly spansLines?: true;
}

export interface SignatureTable {
  readonly cause: LogCause;
  /** Says that something failed and not why: counts only where nothing else is said nearby. */
  readonly generic?: true;
  readonly signatures: readonly LogSignature[];
}
