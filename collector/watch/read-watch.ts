import { isObject, object, word, type Json } from '../trim/read-field.ts';
import { leaveOut, type LeanObject, type LeavingOut } from './leave-out.ts';
import { parseJson } from './read-body.ts';
import type { ChangeType } from './resource-source.ts';
import { findMember } from './scan-json.ts';

/** One line of a watch. */
export type WatchLine =
  | {
      readonly kind: 'change';
      readonly type: ChangeType;
      readonly object: Json;
      readonly resourceVersion: string;
      readonly rawHash?: string | undefined;
    }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string }
  | { readonly kind: 'expired'; readonly message: string }
  | { readonly kind: 'fault'; readonly message: string };

export interface WatchReading extends LeavingOut {
  /** Whether the object with this uid was last handled with this hash: then a line that says it again is a bookmark. */
  readonly knows?: ((uid: string, rawHash: string) => boolean) | undefined;
}

const closeBrace = 0x7d;

/** An expired version is not an HTTP status here but an ERROR line with a Status of code 410, or of a reason that means it. */
export function readWatchLine(line: Buffer, reading: WatchReading): WatchLine {
  const { knows } = reading;
  const lean = leanLine(line, reading);
  const { uid, resourceVersion, rawHash } = lean ?? {};
  if (lean?.isState === true && uid !== undefined && rawHash !== undefined && resourceVersion !== undefined && knows?.(uid, rawHash)) {
    return { kind: 'bookmark', resourceVersion };
  }
  const read = readWhole(line.toString('utf8', 0, lean?.lineTo));
  return read.kind === 'change' ? { ...read, rawHash } : read;
}

function readWhole(line: string): WatchLine {
  const parsed = parseJson(line);
  if (!isObject(parsed) || !isObject(parsed.object)) return { kind: 'fault', message: 'a line of the watch is not a JSON event' };
  const { type, object: content } = parsed;
  if (type === 'ERROR') {
    const message = word(content.message, 1024) ?? 'the watch reported an error';
    const isExpired = content.code === 410 || content.reason === 'Expired' || content.reason === 'Gone';
    return isExpired ? { kind: 'expired', message } : { kind: 'fault', message };
  }
  const resourceVersion = word(object(content.metadata).resourceVersion, 64);
  if (resourceVersion === undefined) return { kind: 'fault', message: 'a line of the watch has no resourceVersion' };
  if (type === 'BOOKMARK') return { kind: 'bookmark', resourceVersion };
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') return { kind: 'change', type, object: content, resourceVersion };
  return { kind: 'fault', message: `unknown type of watch event ${JSON.stringify(type)?.slice(0, 40)}` };
}

/** The object of a line without what nobody reads. Of a line that is not `{"type":…,"object":{…}}` nothing is cut. */
function leanLine(line: Buffer, leaving: LeavingOut): (LeanObject & { readonly isState: boolean; readonly lineTo: number }) | undefined {
  const found = findMember(line, 0, 'object');
  const last = line.lastIndexOf(closeBrace);
  const objectTo = last < 1 ? 0 : line.lastIndexOf(closeBrace, last - 1) + 1;
  if (found === undefined || found.before.join() !== 'type' || line.toString('latin1', objectTo).trim() !== '}') return undefined;
  const head = line.toString('latin1', 0, found.valueFrom);
  const lean = leaveOut(line, { from: found.valueFrom, to: objectTo }, leaving);
  if (lean === undefined) return undefined;
  line[lean.to] = closeBrace;
  return { ...lean, isState: /"(?:ADDED|MODIFIED)"/.test(head), lineTo: lean.to + 1 };
}
