import type { CollectorStatus } from '../create-collector.ts';

/** `ready`, or the sentence that says what is missing. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly detail: string };

/** Ready when every source has listed once or was refused, and the spool is as durable as it should be. */
export function judgeReadiness({ sources, spool }: CollectorStatus): Readiness {
  if (spool.degraded !== undefined) return { ready: false, detail: `The spool cannot be written: ${spool.degraded}.` };
  const waiting = sources.filter(({ phase, resourceVersion }) => resourceVersion === undefined && phase !== 'refused');
  if (waiting.length === 0) return { ready: true };
  const names = waiting.map(({ resource, namespace }) => (namespace === undefined ? resource : `${namespace}/${resource}`));
  return { ready: false, detail: `Not listed yet: ${names.join(', ')}.` };
}
