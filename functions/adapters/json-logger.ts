import { destination, pino } from 'pino';
import type { Logger } from '#core/ports.ts';

/** One JSON object a line on stderr: stdout belongs to results. */
export function createJsonLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Logger {
  const log = pino(
    { level, base: null, messageKey: 'event', timestamp: () => `,"at":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, fields) => log.info(fields ?? {}, event),
    warn: (event, fields) => log.warn(fields ?? {}, event),
    error: (event, fields) => log.error(fields ?? {}, event),
  };
}
