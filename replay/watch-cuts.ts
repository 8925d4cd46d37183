import type { MetaEntry, WatchError } from './recording.ts';

/** A recorded end of a watch: cleanly, with the ERROR line of a 410, or as a broken connection. */
export interface WatchCut {
  readonly at: number;
  readonly resource: string;
  readonly how: 'end' | 'expired' | 'reset';
}

const sameEndMs = 1000;

/**
 * The ends that the server caused. `error aborted` is the recorder stopping, which is the end of the playback
 * and not of a watch; a list is no end, whatever it answered.
 */
export function watchCuts(meta: readonly MetaEntry[], errors: readonly WatchError[]): readonly WatchCut[] {
  const fromMeta = meta.flatMap((entry) => {
    const how = howItEnded(entry);
    return how === undefined ? [] : [{ at: entry.at, resource: entry.resource, how }];
  });
  // An ERROR line and its note in meta.jsonl are one end.
  const noted = (error: WatchError) => fromMeta.some((cut) => cut.resource === error.resource && Math.abs(cut.at - error.at) <= sameEndMs);
  const fromErrors = errors
    .filter((error) => error.object.code === 410 && !noted(error))
    .map((error) => ({ at: error.at, resource: error.resource, how: 'expired' as const }));
  return [...fromMeta, ...fromErrors];
}

function howItEnded({ what, why = '', status, code }: MetaEntry): WatchCut['how'] | undefined {
  const words = `${what} ${why}`;
  if (what === 'LIST' || /abort/i.test(words)) return undefined;
  if (status === 410 || code === 410 || /\b410\b|expired|gone/i.test(words)) return 'expired';
  if (/error|reset|refused|hang ?up/i.test(why)) return 'reset';
  return /end|time-?_?out|close/i.test(words) ? 'end' : undefined;
}
