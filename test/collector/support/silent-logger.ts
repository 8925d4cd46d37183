import type { Logger } from '#core/ports.ts';

export interface RememberingLogger extends Logger {
  readonly lines: readonly { readonly level: string; readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
}

/** Writes nothing and remembers everything. */
export function createSilentLogger(): RememberingLogger {
  const lines: RememberingLogger['lines'][number][] = [];
  const log =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}): void =>
      void lines.push({ level, event, fields });
  return { lines, info: log('info'), warn: log('warn'), error: log('error') };
}
