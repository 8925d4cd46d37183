import { describeDuration } from '#core/time/duration.ts';
import { formatInstant, type Instant } from '#core/time/instant.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22 Nov 2026, 11:04:44`, in UTC as everything mortem says. */
export function absoluteTime(at: Instant): string {
  const text = formatInstant(at);
  return `${dayText(at)}, ${text.slice(11, 19)}`;
}

/** `Data through 22 Nov 2026, 11:08:02 UTC.`, by the latest data time, which is 0 while nothing was ever stored. */
export function dataThrough(time: string): string {
  const at = Date.parse(time);
  return at === 0 ? 'No data yet.' : `Data through ${absoluteTime(at)} UTC.`;
}

/** `22 Nov 2026` */
export function dayText(at: Instant): string {
  const [year = '', month = '', date = ''] = formatInstant(at).slice(0, 10).split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** `3 h 4 min ago`; a moment in the future of this clock is just now. */
export function relativeTime(at: Instant, now: Instant): string {
  return now - at < 1000 ? 'just now' : `${describeDuration(now - at)} ago`;
}

interface MomentProps {
  readonly at: Instant;
  readonly now?: Instant;
}

/** An absolute time, and how long ago that was when `now` is given. */
export function Moment({ at, now }: MomentProps) {
  return (
    <span class="moment">
      <time datetime={formatInstant(at)}>{absoluteTime(at)} UTC</time>
      {now === undefined ? null : <span class="ago"> {relativeTime(at, now)}</span>}
    </span>
  );
}

/** `11:04:44` with the whole time for machines and on hover. */
export function Clock({ at }: { readonly at: Instant }) {
  return (
    <time datetime={formatInstant(at)} title={`${absoluteTime(at)} UTC`}>
      {formatInstant(at).slice(11, 19)}
    </time>
  );
}
