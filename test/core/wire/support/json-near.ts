import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

/** What is used here of JSON Schema. */
interface Described {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly propertyNames?: Described;
  readonly required?: readonly string[];
  readonly items?: Described;
  readonly maxItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** In a hundred values, of a wire with some fifty to a line. */
const oddOnes = 1;

/**
 * JSON that a schema takes, or nearly: fields there or not and in any order, lengths and numbers at their limits; now and then past
 * them, something else in its place, a field of no schema. Drawn from the schema's own JSON Schema.
 */
export function jsonNear(schema: z.ZodType): Arbitrary<unknown> {
  const described: Described = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })));
  return near(described);
}

function near(described: Described): Arbitrary<unknown> {
  return fc.oneof({ weight: 100 - oddOnes, arbitrary: fitting(described) }, { weight: oddOnes, arbitrary: odd(described) });
}

function fitting(described: Described): Arbitrary<unknown> {
  if (described.const !== undefined) return fc.constant(described.const);
  if (described.enum !== undefined) return fc.constantFrom(...described.enum);
  if (described.oneOf !== undefined) return fc.oneof(...described.oneOf.map(near));
  switch (described.type) {
    case 'string':
      return fittingText(described);
    case 'integer':
      return fc.constantFrom(described.minimum ?? 0, described.maximum ?? 0, 7, 0);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(near(described.items ?? {}), { maxLength: 2 });
    case 'object':
      return described.properties === undefined ? map(described) : record(described, described.properties);
    default:
      throw new Error(`nothing is known of ${JSON.stringify(described)}`);
  }
}

const times = ['2026-11-22T11:00:00Z', '2026-11-22T11:00:00.123456789+02:00', '2024-02-29T23:59:59Z'];

function fittingText({ format, pattern, minLength = 0, maxLength = 0 }: Described): Arbitrary<string> {
  if (format === 'date-time') return fc.constantFrom(...times);
  if (pattern !== undefined) return fc.constant('0123456789abcdef'.repeat(4));
  const most = Math.min(maxLength, 4096);
  return fc.oneof(
    { weight: 20, arbitrary: fc.string({ minLength, maxLength: Math.min(most, 8) }) },
    fc.constantFrom('x'.repeat(most), 'null'),
  );
}

function map({ propertyNames, additionalProperties }: Described): Arbitrary<object> {
  const value = typeof additionalProperties === 'object' ? additionalProperties : {};
  const name = fc.oneof(fittingText(propertyNames ?? {}), fc.constantFrom('7', 'constructor', 'a'));
  return fc.uniqueArray(fc.tuple(name, near(value)), { maxLength: 3, selector: ([key]) => key }).map(toObject);
}

function record({ required = [] }: Described, properties: NonNullable<Described['properties']>): Arbitrary<object> {
  const fields = Object.entries(properties).map(([name, described]) =>
    fc.tuple(fc.constant(name), near(described), required.includes(name) ? fc.constant(true) : fc.boolean()),
  );
  const shuffled = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true));
  return fc.tuple(fc.tuple(...fields), shuffled, fc.infiniteStream(fc.nat())).map(([drawn, isShuffled, ranks]) => {
    const there = drawn.flatMap(([name, value, isThere]) => (isThere ? [{ name, value, rank: isShuffled ? ranks.next().value : 0 }] : []));
    return toObject(there.toSorted((a, b) => a.rank - b.rank).map(({ name, value }) => [name, value]));
  });
}

/** As JSON.parse makes it, which takes any name for a field. */
function toObject(fields: readonly (readonly [string, unknown])[]): object {
  const written = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const parsed: object = JSON.parse(`{${written.join(',')}}`);
  return parsed;
}

function odd(described: Described): Arbitrary<unknown> {
  const { properties, maxItems, maxLength, minimum = 0, maximum = 0 } = described;
  const more = fc.constantFrom('unknown', '__proto__', 'constructor', '0');
  const others: Arbitrary<unknown>[] = [
    fc.constantFrom(null, true, -1, 1.5, 2 ** 53, '', 'null', [], {}, [null], '2023-02-29T00:00:00Z', '2026-11-22T11:00:00'),
  ];
  if (maxLength !== undefined && maxLength < 1e5) others.push(fc.constant('x'.repeat(maxLength + 1)));
  if (described.type === 'integer') others.push(fc.constantFrom(minimum - 1, maximum + 1, minimum + 0.5));
  if (maxItems !== undefined && described.items !== undefined)
    others.push(fitting(described.items).map((item) => Array.from({ length: maxItems + 1 }, () => item)));
  if (properties !== undefined)
    others.push(
      fc
        .tuple(record(described, properties), more, fc.nat(3))
        .map(([json, name, value]) => toObject([...Object.entries(json), [name, value]])),
    );
  return fc.oneof(...others);
}
