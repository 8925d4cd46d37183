import type { z } from 'zod';

/** What the checks of a schema ask of a value, beside its type. */
export interface PlainBounds {
  /** Of a number, or of the length of a text or an array. */
  readonly least: number;
  readonly most: number;
  readonly isInteger: boolean;
  readonly patterns: readonly RegExp[];
  /** Written by hand, with `refine`. */
  readonly accepts: readonly ((value: unknown) => unknown)[];
}

const none: PlainBounds = { least: -Infinity, most: Infinity, isInteger: false, patterns: [], accepts: [] };

/** Formats whose pattern is all there is to them: that of an address, for one, is not. */
const patternFormats: readonly string[] = ['regex', 'datetime'];

/** @returns `undefined` where there is a check among them that this file does not know */
export function plainBounds(schema: z.core.$ZodType): PlainBounds | undefined {
  // The format of a text or a number can be a check beside others, or the schema itself.
  const { def } = schema._zod;
  const own = 'check' in def ? [def] : [];
  const defs = [...own, ...(def.checks ?? []).map((check) => check._zod.def)];
  return defs.reduce<PlainBounds | undefined>((bounds, check) => bounds && withCheck(bounds, check), none);
}

function withCheck(bounds: PlainBounds, check: object): PlainBounds | undefined {
  // As zod's documentation tells those to do who take its schemas apart; a check that is written by hand has a type of its own.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const def = check as z.core.$ZodChecks['_zod']['def'] | z.core.$ZodCustom['_zod']['def'];
  switch (def.check) {
    case 'min_length':
      return { ...bounds, least: Math.max(bounds.least, def.minimum) };
    case 'max_length':
      return { ...bounds, most: Math.min(bounds.most, def.maximum) };
    case 'greater_than':
      return def.inclusive ? { ...bounds, least: Math.max(bounds.least, Number(def.value)) } : undefined;
    case 'less_than':
      return def.inclusive ? { ...bounds, most: Math.min(bounds.most, Number(def.value)) } : undefined;
    case 'number_format':
      return def.format === 'safeint' ? { ...bounds, isInteger: true } : undefined;
    case 'string_format':
      return def.pattern !== undefined && patternFormats.includes(def.format)
        ? { ...bounds, patterns: [...bounds.patterns, def.pattern] }
        : undefined;
    case 'custom':
      return { ...bounds, accepts: [...bounds.accepts, def.fn] };
    default:
      return undefined;
  }
}
