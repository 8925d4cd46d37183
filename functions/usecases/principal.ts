import type { Scope } from '#core/store-model.ts';

/** Who sent a request, as its credential shows. */
export interface Principal {
  /** The one cluster it stands for; absent: every cluster, for reading only. */
  readonly cluster?: string;
  readonly scopes: readonly Scope[];
}

/**
 * What a bearer credential stands for.
 *
 * @throws {MortemError} `unauthorized` when it is not valid, `forbidden` when it is and stands for nothing here
 */
export type Identify = (credential: string) => Promise<Principal>;
