import type { z } from 'zod';
import { plainBounds, type PlainBounds } from './plain-bounds.ts';

/** JSON that says what a schema knows, and nothing else. */
export interface Plain<T> {
  /** What the schema makes of it. */
  readonly value: T;
  /** Fields of it and of all that it holds. */
  readonly fields: number;
}

/** @returns the value as the schema gives it; `undefined` where the schema itself has to look */
type Read = (json: unknown, tally: Tally) => unknown;

interface Tally {
  fields: number;
}

/**
 * The schema as one walk over JSON that was parsed a moment ago, with the same result in a fraction of the time: a schema copies all
 * that it reads. Objects stay the ones that were parsed where their fields come in the schema's order, and are put in order where
 * they do not. What is not as it should be, unknown fields and null included, is left to the schema, which says what is wrong with it.
 *
 * @returns a function that gives `undefined` for what the schema has to look at
 */
export function compilePlain<T>(schema: z.ZodType<T>): (json: unknown) => Plain<T> | undefined {
  const read = compile(schema);
  return (json) => {
    const tally: Tally = { fields: 0 };
    // The readers follow the schema part by part; test/core/wire/read-plain.test.ts compares what they give with what it gives.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const value = read(json, tally) as T | undefined;
    return value === undefined ? undefined : { value, fields: tally.fields };
  };
}

/** What this file does not know is read by the schema alone. */
const unread: Read = () => undefined;

function compile(schema: z.core.$ZodType): Read {
  const bounds = plainBounds(schema);
  // As zod's documentation tells those to do who take its schemas apart.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (bounds === undefined || ('coerce' in def && def.coerce)) return unread;
  switch (def.type) {
    case 'string':
      return readString(bounds);
    case 'number':
      return readNumber(bounds);
    case 'boolean':
      return (json) => (typeof json === 'boolean' ? json : undefined);
    case 'literal':
      return readOneOf(def.values);
    case 'enum':
      return readOneOf(Object.values(def.entries));
    case 'array':
      return readArray(compile(def.element), bounds);
    case 'record':
      return readRecord(compile(def.keyType), compile(def.valueType), bounds);
    case 'object':
      return def.catchall === undefined ? readObject(def.shape) : unread;
    case 'union':
      return 'discriminator' in def && typeof def.discriminator === 'string' ? readKind(def.discriminator, def.options) : unread;
    default:
      return unread;
  }
}

function readString({ least, most, patterns }: PlainBounds): Read {
  const isWithin = (text: string): boolean => text.length >= least && text.length <= most;
  const [pattern, ...more] = patterns;
  if (more.length > 0) return unread;
  if (pattern === undefined) return (json) => (typeof json === 'string' && isWithin(json) ? json : undefined);
  return (json) => (typeof json === 'string' && isWithin(json) && pattern.test(json) ? json : undefined);
}

function readNumber({ least, most, isInteger }: PlainBounds): Read {
  const isOne = isInteger ? Number.isSafeInteger : Number.isFinite;
  return (json) => (typeof json === 'number' && isOne(json) && json >= least && json <= most ? json : undefined);
}

function readOneOf(values: readonly unknown[]): Read {
  const known = new Set(values);
  return (json) => (known.has(json) ? json : undefined);
}

function readArray(read: Read, { least, most }: PlainBounds): Read {
  return (json, tally) => {
    if (!Array.isArray(json) || json.length < least || json.length > most) return undefined;
    const items: unknown[] = json;
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at];
      const value = read(item, tally);
      if (value === undefined) return undefined;
      if (value !== item) items[at] = value;
    }
    return items;
  };
}

function readRecord(readName: Read, readValue: Read, { accepts }: PlainBounds): Read {
  return (json, tally) => {
    if (!isObject(json)) return undefined;
    for (const name in json) {
      // Where zod leaves out what would become a prototype, it is the one to do so.
      if (name === '__proto__' || readName(name, tally) === undefined || readValue(json[name], tally) !== json[name]) return undefined;
      tally.fields += 1;
    }
    return accepts.every((accept) => accept(json)) ? json : undefined;
  };
}

interface Field {
  readonly place: number;
  readonly isRequired: boolean;
  readonly read: Read;
}

function readObject(shape: Readonly<Record<string, z.core.$ZodType>>): Read {
  const names = Object.keys(shape);
  const fields = new Map(Object.entries(shape).map(([name, schema], place): [string, Field] => [name, { place, ...fieldOf(schema) }]));
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  return (json, tally) => {
    if (!isObject(json)) return undefined;
    let [missing, last, isInOrder] = [required, -1, true];
    // `in` makes no list of what it goes through; JSON inherits nothing.
    for (const name in json) {
      const field = fields.get(name);
      if (field === undefined) return undefined;
      const sent = json[name];
      const value = field.read(sent, tally);
      if (value === undefined) return undefined;
      if (value !== sent) json[name] = value;
      if (field.isRequired) missing -= 1;
      if (field.place < last) isInOrder = false;
      last = field.place;
      tally.fields += 1;
    }
    if (missing > 0) return undefined;
    return isInOrder ? json : inOrder(names, json);
  };
}

function fieldOf(schema: z.core.$ZodType): Omit<Field, 'place'> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? { isRequired: false, read: compile(def.innerType) } : { isRequired: true, read: compile(schema) };
}

function inOrder(names: readonly string[], json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const name of names) {
    const value = json[name];
    if (value !== undefined) ordered[name] = value;
  }
  return ordered;
}

/** By the one field that tells them apart. */
function readKind(discriminator: string, options: readonly z.core.$ZodType[]): Read {
  const reads = new Map<unknown, Read>();
  for (const option of options) {
    const read = compile(option);
    for (const value of option._zod.propValues?.[discriminator] ?? []) reads.set(value, read);
  }
  return (json, tally) => (isObject(json) ? reads.get(json[discriminator])?.(json, tally) : undefined);
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
