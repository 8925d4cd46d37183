import type { IncidentStore } from '#core/ports.ts';
import { authenticate } from './authenticate.ts';

/** What a reader may see: one cluster, or everything on an open loopback listener. */
export interface ReadScope {
  readonly cluster?: string;
}

/** @throws {MortemError} `unauthorized` */
export async function readScope(
  { store, openReads }: { readonly store: Pick<IncidentStore, 'clusterOfKey'>; readonly openReads: boolean },
  authorization: string | undefined,
): Promise<ReadScope> {
  if (openReads && authorization === undefined) return {};
  return { cluster: await authenticate({ store }, authorization) };
}

export function isInScope({ cluster }: ReadScope, record: { readonly cluster: string }): boolean {
  return cluster === undefined || record.cluster === cluster;
}
