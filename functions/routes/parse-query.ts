import type { z } from 'zod';
import { MortemError } from '#core/errors.ts';

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseQuery<T>(schema: z.ZodType<T>, parameters: Readonly<Record<string, string>>): T {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : (issue?.path.join('.') ?? '');
  const why =
    issue?.code === 'unrecognized_keys' ? 'is not known here; /openapi.json lists those that are' : (issue?.message ?? 'is refused');
  throw new MortemError('usage', `The query parameter "${name}" is not right: it ${why}.`);
}
