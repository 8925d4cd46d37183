import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema 2020-12, which is what OpenAPI 3.1 is made of. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    // What is checked by code is described by its words.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Readonly in TypeScript is no promise about who may write over HTTP.
      delete jsonSchema.readOnly;
    },
  });
  return described;
}
