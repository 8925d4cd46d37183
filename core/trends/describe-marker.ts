import { shortImage } from '../incident/image.ts';
import { describeDuration } from '../time/duration.ts';
import { hour, type Instant } from '../time/instant.ts';
import type { TrendMarker } from './trend.ts';

const day = 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `512Mi → 768Mi on 3 May: 14 a day before, 0 in the 21 days after`
 *
 * @param end of the window: another year than its own is written out
 */
export function describeMarker(marker: Omit<TrendMarker, 'summary'>, end: Instant): string {
  const on = describeDay(Date.parse(marker.at), new Date(end).getUTCFullYear());
  return `${changeOf(marker)} on ${on}: ${rateOf(marker.before, 'before')}, ${rateOf(marker.after, 'after')}`;
}

function changeOf({ kind, revision, fromImage, toImage, fromLimit, toLimit }: Omit<TrendMarker, 'summary'>): string {
  const limit = fromLimit === toLimit ? undefined : `${fromLimit ?? 'no limit'} → ${toLimit ?? 'no limit'}`;
  if (kind === 'limit-change') return limit ?? 'limit';
  const from = fromImage === undefined ? '' : shortImage(fromImage);
  const to = shortImage(toImage);
  const image = from === to ? `revision ${revision ?? '?'} with the same image` : `${from} → ${to}`;
  return `${kind === 'rollout' ? '' : `${kind} `}${image}${limit === undefined ? '' : ` (${limit})`}`;
}

function rateOf({ count, days, perDay }: TrendMarker['before'], side: 'before' | 'after'): string {
  if (days < 1) return `${count} in the ${describeDuration(days * day)} ${side}`;
  if (count === 0 || perDay < 1) return `${count} in the ${Math.round(days)} ${Math.round(days) === 1 ? 'day' : 'days'} ${side}`;
  return `${perDay < 10 ? Number(perDay.toFixed(1)) : Math.round(perDay)} a day ${side}`;
}

function describeDay(at: Instant, year: number): string {
  const date = new Date(at);
  const text = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  return date.getUTCFullYear() === year ? text : `${text} ${date.getUTCFullYear()}`;
}
