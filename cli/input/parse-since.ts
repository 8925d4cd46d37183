import { MortemError } from '#core/errors.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * `15m`, `2h`, `7d` before `now`, or a moment in RFC 3339.
 *
 * @returns epoch milliseconds
 * @throws {MortemError} `usage`
 */
export function parseSince(text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const length = units[unit];
  if (amount !== undefined && length !== undefined) return now - Number(amount) * length;
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new MortemError('usage', `"${text}" is no time. Use 15m, 2h, 7d or 2026-05-03T14:00:00Z.`);
  return at;
}
