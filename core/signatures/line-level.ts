/** How much a line claims: `soft` is information or a warning, `fatal` the end of the process. */
export type LineLevel = 'soft' | 'error' | 'fatal';

const jsonLevel = /"(?:level|severity|lvl|loglevel|log\.level|levelname|@l)": {0,2}"?([A-Za-z]{1,12}|\d{1,2})\b/i;
const logfmtLevel = /\b(?:level|lvl|severity)=["']?([A-Za-z]{1,12})\b/i;
/** MongoDB writes one letter. */
const mongoLevel = /^\{"t":.{1,80}"s":"([DIWEF])\d?"/;
const klogLevel = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
const dotnetLevel = /^(trce|dbug|info|warn|fail|crit): /;
const upperLevel = /(?:^|[\s[|(<])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|EMERG|ALERT|PANIC)(?:[\s\]|):>,]|$)/;
const lowerLevel = /(?:^|\s)\[(trace|debug|info|notice|warn|warning|error|fatal|crit|critical|emerg|alert)\]/;
const leadingLevel = /^(?:\S{1,100}: )?(trace|debug|info|notice|warn|warning|error|fatal): /;

const levels: ReadonlyMap<string, LineLevel> = new Map([
  ...['10', '20', '30', '40', 'd', 'i', 'w', 'trce', 'dbug', 'trace', 'debug', 'info', 'information', 'notice', 'warn', 'warning'].map(
    (name) => [name, 'soft'] as const,
  ),
  ...['50', 'e', 'fail', 'error', 'err'].map((name) => [name, 'error'] as const),
  ...['60', 'f', 'crit', 'critical', 'fatal', 'severe', 'emerg', 'alert', 'panic'].map((name) => [name, 'fatal'] as const),
]);

/** The level a line states in one of the usual forms: JSON, logfmt, klog, .NET, or a word in its head. */
export function lineLevel(line: string): LineLevel | undefined {
  const head = line.slice(0, 120);
  const stated =
    jsonLevel.exec(line.slice(0, 1024)) ??
    mongoLevel.exec(line.slice(0, 256)) ??
    logfmtLevel.exec(line.slice(0, 512)) ??
    klogLevel.exec(head) ??
    dotnetLevel.exec(head) ??
    upperLevel.exec(head) ??
    lowerLevel.exec(head) ??
    leadingLevel.exec(head);
  return levels.get((stated?.[1] ?? '').toLowerCase());
}
