/** How far one source was handled, over restarts. */
export interface SourceVersion {
  /** Where an earlier process came to; undefined when there was none. */
  readonly last: string | undefined;
  /** Everything up to this version is in the spool. */
  note(version: string): void;
}
