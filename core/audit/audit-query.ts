/** An image as people name it: any part but the repository may be missing, and the repository too where a digest is given. */
export interface ImageSelector {
  /** Without registry host: `platform/api`. */
  readonly repository?: string;
  readonly tag?: string;
  /** `sha256:` and at least 7 hex digits. */
  readonly digest?: string;
}

/** What `mortem audit rollbacks` is asked for. Times are epoch milliseconds. */
export interface AuditQuery {
  readonly image?: ImageSelector;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  /** Only workloads with such a rollout since. */
  readonly since?: number;
  /** In place of `since`: so many milliseconds before the latest data time. */
  readonly last?: number;
  readonly until?: number;
  /** Workloads on a page. */
  readonly limit: number;
  readonly cursor?: string;
}
