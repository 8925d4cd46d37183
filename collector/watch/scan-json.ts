/** Where a value stands in JSON text: from its first byte to behind its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One member of an object; from its key's quote to behind its value. */
export interface Member extends Span {
  /** The key as it is written, without its quotes: one that is written with escapes is not recognised. */
  readonly key: string;
  readonly value: Span;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * The members of the object that begins at `from`, in order, without looking into their values; `to` is behind the object. It reads
 * no more than is needed to find the ends: what is no JSON may be taken for some. Undefined where no ends are found.
 */
export function membersAt(bytes: Buffer, from: number): { readonly members: readonly Member[]; readonly to: number } | undefined {
  if (bytes[from] !== openBrace) return undefined;
  const members: Member[] = [];
  let at = skipBlanks(bytes, from + 1);
  if (bytes[at] === closeBrace) return { members, to: at + 1 };
  for (;;) {
    const member = memberAt(bytes, at);
    if (member === undefined) return undefined;
    members.push(member);
    const next = skipBlanks(bytes, member.to);
    if (bytes[next] === closeBrace) return { members, to: next + 1 };
    if (bytes[next] !== comma) return undefined;
    at = skipBlanks(bytes, next + 1);
  }
}

/** The first member of that name of the object that begins at `from`, found without reading what follows it; `before` are the keys passed. */
export function findMember(
  bytes: Buffer,
  from: number,
  name: string,
): { readonly valueFrom: number; readonly before: readonly string[] } | undefined {
  if (bytes[from] !== openBrace) return undefined;
  const before: string[] = [];
  for (let at = skipBlanks(bytes, from + 1); ;) {
    const head = keyAt(bytes, at);
    if (head === undefined) return undefined;
    if (head.key === name) return { valueFrom: head.valueFrom, before };
    before.push(head.key);
    const next = skipBlanks(bytes, valueEnd(bytes, head.valueFrom));
    if (bytes[next] !== comma) return undefined;
    at = skipBlanks(bytes, next + 1);
  }
}

/** The elements of the array that begins at `from`, one after the other; what comes last is `undefined` where no end is found. */
export function* elementsAt(bytes: Buffer, from: number): Generator<Span | undefined> {
  let at = skipBlanks(bytes, from + 1);
  if (bytes[from] === openBracket && bytes[at] === closeBracket) return;
  while (bytes[from] === openBracket) {
    const to = valueEnd(bytes, at);
    if (to <= at) break;
    yield { from: at, to };
    const next = skipBlanks(bytes, to);
    if (bytes[next] === closeBracket) return;
    if (bytes[next] !== comma) break;
    at = skipBlanks(bytes, next + 1);
  }
  yield undefined;
}

export function skipBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at += 1;
  return at;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function memberAt(bytes: Buffer, from: number): Member | undefined {
  const head = keyAt(bytes, from);
  if (head === undefined) return undefined;
  const to = valueEnd(bytes, head.valueFrom);
  return to <= head.valueFrom ? undefined : { key: head.key, from, to, value: { from: head.valueFrom, to } };
}

function keyAt(bytes: Buffer, from: number): { readonly key: string; readonly valueFrom: number } | undefined {
  if (bytes[from] !== quote) return undefined;
  const end = stringEnd(bytes, from);
  const separator = skipBlanks(bytes, end);
  if (end < 0 || bytes[separator] !== colon) return undefined;
  return { key: textOf(bytes, { from: from + 1, to: end - 1 }), valueFrom: skipBlanks(bytes, separator + 1) };
}

/** Bytes outside ASCII stay apart from every name that is looked for. */
function textOf(bytes: Buffer, { from, to }: Span): string {
  return bytes.toString('latin1', from, Math.min(to, from + longestKey));
}

const longestKey = 512;

/** Behind the value that begins at `from`; not past it, or -1, where it has no end. */
function valueEnd(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === quote) return stringEnd(bytes, from);
  if (first === openBrace || first === openBracket) return containerEnd(bytes, from);
  let at = from;
  for (let byte = first; byte !== undefined && byte !== comma && byte !== closeBrace && byte !== closeBracket && !isBlank(byte);) {
    at += 1;
    byte = bytes[at];
  }
  return at;
}

function containerEnd(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      at = stringEnd(bytes, at) - 1;
      if (at < 0) return -1;
    } else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** No byte of a character outside ASCII looks like a quote or a backslash. */
function stringEnd(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  return -1;
}
