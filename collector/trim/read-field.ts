import { isTime } from '#core/wire/is-time.ts';

/** A JSON object of unknown shape, as the API server or a file sent it. */
export type Json = Readonly<Record<string, unknown>>;

const nothing: Json = {};

/** Never undefined, so that a path through missing objects reads on and finds nothing. */
export function object(value: unknown): Json {
  return isObject(value) ? value : nothing;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects of a list, at most `max`. */
export function objects(value: unknown, max: number): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject).slice(0, max) : [];
}

/** A text of at most `max` UTF-16 units, cut where it is longer; numbers are written out. Undefined for anything else. */
export function text(value: unknown, max: number): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value).slice(0, max);
  return typeof value === 'string' ? cut(value, max) : undefined;
}

/** As `text`, but empty is absent: the API server writes `""` where it knows nothing. */
export function word(value: unknown, max: number): string | undefined {
  const found = text(value, max);
  return found === '' ? undefined : found;
}

/** A name that identifies something must be whole: one that is too long is none. */
export function identifier(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= max ? value : undefined;
}

export function texts(value: unknown, max: { readonly items: number; readonly length: number }): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => text(item, max.length) ?? []).slice(0, max.items);
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** JSON knows a negative zero and loses it again when it is written: adding zero makes it plain. */
export function integer(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max ? value + 0 : undefined;
}

export function count(value: unknown): number | undefined {
  return integer(value, 0, 1_000_000_000);
}

/** RFC 3339 with an offset, as written. */
export function time(value: unknown): string | undefined {
  return typeof value === 'string' && isTime(value) ? value : undefined;
}

/** A small map of texts, at most 64 of them. Undefined when nothing is in it. */
export function textMap(value: unknown, keep: (key: string) => boolean = () => true): Record<string, string> | undefined {
  const kept: [string, string][] = [];
  for (const [key, item] of Object.entries(object(value))) {
    const content = text(item, 1024);
    const isKey = key.length > 0 && key.length <= 317 && key !== '__proto__';
    if (kept.length < 64 && isKey && content !== undefined && keep(key)) kept.push([key, content]);
  }
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function cut(value: string, max: number): string {
  if (value.length <= max) return value;
  const last = value.charCodeAt(max - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, splitsPair ? max - 1 : max);
}
