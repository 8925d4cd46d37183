import type { Incident } from '#core/incident/incident.ts';

/** The address of the next page: the same filter, before the onset of the last incident of this one. */
export function olderThan(url: string, found: readonly Incident[], perPage: number): string | undefined {
  const last = found[perPage - 1];
  if (found.length <= perPage || last === undefined) return undefined;
  const { pathname, searchParams } = new URL(url);
  // Incidents of one moment stay together on the next page: one more, so that none is lost.
  searchParams.set('before', String(Date.parse(last.onsetAt) + (found[perPage]?.onsetAt === last.onsetAt ? 1 : 0)));
  return `${pathname}?${searchParams.toString()}`;
}
