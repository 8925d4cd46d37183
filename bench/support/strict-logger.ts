import type { Logger } from '#core/ports.ts';

/** Faults must not pass for speed. */
export const strictLogger: Logger = {
  info: () => undefined,
  warn: (event, fields) => fail(event, fields),
  error: (event, fields) => fail(event, fields),
};

function fail(event: string, fields: Record<string, unknown> | undefined): never {
  throw new Error(`${event} ${JSON.stringify(fields)}`);
}
