import { isObject, object, word, type Json } from '../trim/read-field.ts';
import { parseJson } from './read-body.ts';
import type { ChangeType } from './resource-source.ts';

/** One line of a watch. */
export type WatchLine =
  | { readonly kind: 'change'; readonly type: ChangeType; readonly object: Json; readonly resourceVersion: string }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string }
  | { readonly kind: 'expired'; readonly message: string }
  | { readonly kind: 'fault'; readonly message: string };

/** An expired version is not an HTTP status here but an ERROR line with a Status of code 410, or of a reason that means it. */
export function readWatchLine(line: string): WatchLine {
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
