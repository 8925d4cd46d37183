import type { Logger } from '#core/ports.ts';

/** For commands whose output is the result: faults are still said, routine is not. */
export const quietLogger: Logger = {
  info() {},
  warn(event, fields) {
    process.stderr.write(`mortem: ${event} ${JSON.stringify(fields ?? {})}\n`);
  },
  error(event, fields) {
    process.stderr.write(`mortem: ${event} ${JSON.stringify(fields ?? {})}\n`);
  },
};
