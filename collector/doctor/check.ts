/** One thing that a collector needs, and whether it is there. */
export interface Check {
  readonly name: 'kubernetes-api' | 'kubernetes-clock' | 'metrics-api' | 'server' | 'key' | 'server-clock' | 'spool';
  readonly ok: boolean;
  /** What was found, or a sentence with the way out. */
  readonly detail: string;
}
