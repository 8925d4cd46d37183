/** What a migration did. */
export interface Migrated {
  /** Migrations that were applied now; none when another process was first, or nothing was new. */
  readonly applied: number;
  readonly total: number;
}
