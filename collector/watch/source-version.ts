/** How far one source was handled, over restarts. */
export interface SourceVersion {
  /** Where an earlier process came to, and when it had last seen everything; undefined when there was none. */
  readonly last: { readonly version: string; readonly at: Date } | undefined;
  /** Everything up to this version is in the spool. */
  note(version: string): void;
  /** Everything up to then is in the spool or told as a gap; `now`: what happens is seen as it happens, until something else is said. */
  seenUpTo(at: Date | 'now'): void;
}
