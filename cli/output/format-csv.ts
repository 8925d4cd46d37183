import { visibleText } from '#core/report/visible-text.ts';

/** RFC 4180, with a header. What a spreadsheet would run as a formula is made text. */
export function formatCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n');
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const visible = visibleText(value);
  const text = /^[=+\-@]/.test(visible) ? `'${visible}` : visible;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
