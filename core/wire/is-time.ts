const shape = /^\d{4}-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What the wire takes as a time, without the schema: the collector asks this ten times a pod state, and runs without zod. */
export function isTime(text: string): boolean {
  if (text.length > 40) return false;
  const [, month, day] = shape.exec(text) ?? [];
  if (month === undefined || day === undefined) return false;
  const isLeapDay = month === '02' && day === '29';
  return isLeapDay ? isLeapYear(Number(text.slice(0, 4))) : Number(day) >= 1 && Number(day) <= (daysOfMonth[Number(month) - 1] ?? 0);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
