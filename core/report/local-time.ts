import type { Instant } from '../time/instant.ts';
import type { Cell } from './block.ts';
import { words } from './inline.ts';
import { visibleLine } from './visible-text.ts';

/** A second time column, only where somebody asked for it: UTC stays in every document. */
export function localHeader(timezone: string | undefined): readonly string[] {
  return timezone === undefined ? [] : [visibleLine(timezone, 40)];
}

/** The same moment on the clocks of the wanted zone. @throws {RangeError} for a zone that does not exist */
export function localTime(timezone: string | undefined, at: Instant): readonly Cell[] {
  if (timezone === undefined) return [];
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return [[words(`${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`)]];
}

export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
