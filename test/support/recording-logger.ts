import type { Logger } from '#core/ports.ts';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields?: Record<string, unknown>;
}

export interface RecordingLogger extends Logger {
  readonly entries: readonly LogEntry[];
}

export function createRecordingLogger(): RecordingLogger {
  const entries: LogEntry[] = [];
  const record = (level: LogEntry['level']) => (event: string, fields?: Record<string, unknown>) => {
    entries.push(fields === undefined ? { level, event } : { level, event, fields });
  };
  return { entries, info: record('info'), warn: record('warn'), error: record('error') };
}
