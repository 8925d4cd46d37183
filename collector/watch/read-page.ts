import { isObject, word, object as asObject, type Json } from '../trim/read-field.ts';
import { leaveOut, type LeavingOut } from './leave-out.ts';
import { parseJson } from './read-body.ts';
import { elementsAt, membersAt, skipBlanks, type Span } from './scan-json.ts';

export interface ListedObject {
  readonly object: Json;
  readonly rawHash: string | undefined;
}

/** A page of a list. Its objects are parsed one by one, as they are asked for, which has to be before the bytes are overwritten. */
export interface Page {
  readonly items: Iterable<ListedObject>;
  readonly resourceVersion: string;
  /** Of the next page; undefined: this is the last. */
  readonly token: string | undefined;
}

/** Undefined for what is no list. */
export function readPage(bytes: Buffer, leaving: LeavingOut): Page | undefined {
  const page = membersAt(bytes, skipBlanks(bytes, 0));
  if (page === undefined || skipBlanks(bytes, page.to) < bytes.length) return undefined;
  const valueOf = (name: string): Span | undefined => page.members.findLast(({ key }) => key === name)?.value;
  const metadata = asObject(parseSpan(bytes, valueOf('metadata')));
  const resourceVersion = word(metadata.resourceVersion, 64);
  const items = valueOf('items');
  const spans = items === undefined ? [] : [...elementsAt(bytes, items.from)];
  if (resourceVersion === undefined || spans.includes(undefined)) return undefined;
  const objects = spans.filter((span) => span !== undefined);
  return { items: readItems(bytes, objects, leaving), resourceVersion, token: word(metadata.continue, 65_536) };
}

function* readItems(bytes: Buffer, spans: readonly Span[], leaving: LeavingOut): Generator<ListedObject> {
  for (const span of spans) {
    const lean = leaveOut(bytes, span, leaving);
    const object = parseSpan(bytes, { from: span.from, to: lean?.to ?? span.to });
    if (isObject(object)) yield { object, rawHash: lean?.rawHash };
  }
}

function parseSpan(bytes: Buffer, span: Span | undefined): unknown {
  return span && parseJson(bytes.toString('utf8', span.from, span.to));
}
