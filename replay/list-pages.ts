import { z } from 'zod';
import type { RecordedObject } from './recording.ts';

const token = z.object({ snapshot: z.number().int(), offset: z.number().int().nonnegative(), path: z.string() });
type Token = z.infer<typeof token>;

/** A list as it stood when its first page was asked for: later pages show the same moment. */
export interface ListSnapshot {
  readonly version: string;
  readonly objects: readonly RecordedObject[];
}

export type ListPage =
  | {
      readonly kind: 'page';
      readonly version: string;
      readonly objects: readonly RecordedObject[];
      readonly next?: string;
      readonly remaining: number;
    }
  | { readonly kind: 'bad-token' }
  | { readonly kind: 'expired' };

export interface PageRequest {
  /** Path and selectors: a token is good only for the list it came from. */
  readonly path: string;
  /** 0 for everything. */
  readonly limit: number;
  readonly continueToken?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ListPages {
  /** `current` is read only for a first page. */
  page(request: PageRequest, current: () => ListSnapshot): ListPage;
}

/** A server forgets a snapshot with the compaction of its store, every five minutes. */
const snapshotLifeMs = 5 * 60_000;

export function createListPages(): ListPages {
  const snapshots = new Map<number, ListSnapshot & { readonly takenAt: number }>();
  let lastId = 0;

  function resume(request: PageRequest, text: string): { snapshot: ListSnapshot; id: number; offset: number } | 'bad-token' | 'expired' {
    const parsed = decode(text);
    if (parsed === undefined || parsed.path !== request.path) return 'bad-token';
    const snapshot = snapshots.get(parsed.snapshot);
    return snapshot === undefined ? 'expired' : { snapshot, id: parsed.snapshot, offset: parsed.offset };
  }

  return {
    page(request, current) {
      for (const [id, { takenAt }] of snapshots) if (request.now - takenAt >= snapshotLifeMs) snapshots.delete(id);
      const resumed =
        request.continueToken === undefined
          ? { snapshot: current(), id: (lastId += 1), offset: 0 }
          : resume(request, request.continueToken);
      if (typeof resumed === 'string') return { kind: resumed };
      const { snapshot, id, offset } = resumed;
      const end = request.limit === 0 ? snapshot.objects.length : offset + request.limit;
      const remaining = Math.max(0, snapshot.objects.length - end);
      if (remaining > 0 && !snapshots.has(id)) snapshots.set(id, { ...snapshot, takenAt: request.now });
      const next = remaining > 0 ? { next: encode({ snapshot: id, offset: end, path: request.path }) } : {};
      return { kind: 'page', version: snapshot.version, objects: snapshot.objects.slice(offset, end), remaining, ...next };
    },
  };
}

function encode(value: Token): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Token | undefined {
  try {
    return token.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    // Not JSON: a token this server never gave out, which the caller answers with 400.
    return undefined;
  }
}
