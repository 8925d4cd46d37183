import { accessLogStatus } from './access-log.ts';
import { lineLevel } from './line-level.ts';

/** `soft`: information, a warning, or a promise to try again. `hard`: the words of a process that dies. */
export type Strength = 'soft' | 'plain' | 'hard';

const retry = /\b(?:retrying|will retry|retry in|try(?:ing)? again|next attempt|reconnecting|backing off|waiting for)\b/;
const lastTry = /giving up|no more|exhausted|exceeded|too many|max(?:imum)? retries|out of retries/;
const dying =
  /\b(?:fatal|panic|uncaught|unhandled|giving up|abort(?:ed|ing)|exiting|(?:cannot|could not|failed to) (?:start|boot|initiali[sz]e))\b/;
const rawException = /^(?:[\w.$]{0,200}(?:Error|Exception|Failure)\b|[Ee]rror: |Traceback|Exception in thread|thread '|panic: )/;
const alive =
  /\b(?:listening|accepting connections|ready (?:to|for)|server (?:is )?(?:started|running|ready|up)|started (?:\w{1,40} )?(?:in \d|on port|server)|connected|connection (?:re-?)?(?:established|restored|succeeded)|now serving|serving (?:on|at|traffic|requests)|recovered|health ?check (?:ok|passed|succeeded))\b/;
const notAlive = /\b(?:not|cannot|can't|couldn't|never|no|failed|unable|error|until|before|waiting|lost)\b/;
const stopping =
  /^npm (?:err!|error)|^error command failed|yarnpkg\.com|^node\.js v\d|^exit (?:status|code)|^make(?:\[\d{1,3}\])?: \*{3}|\b(?:shut(?:ting)? ?down|stopp(?:ing|ed)|clos(?:ing|ed)|exit(?:ing|ed)|terminat(?:ing|ed)|destroying|draining|sigterm|cleaning up|bye)\b/;

/** How much the first line of a statement claims. `lower` is the same line in lower case. */
export function strengthOf(line: string, lower: string): Strength {
  const level = lineLevel(line);
  if (level === 'fatal') return 'hard';
  if (level === 'soft' || (retry.test(lower) && !lastTry.test(lower))) return 'soft';
  return dying.test(lower) || rawException.test(line) ? 'hard' : 'plain';
}

/** A line that only a process at work prints: it listens, it is connected, it answered a request. */
export function showsLife(line: string, lower: string): boolean {
  const status = accessLogStatus(line);
  if (status !== undefined) return status < 500;
  const level = lineLevel(line);
  return level !== 'error' && level !== 'fatal' && alive.test(lower) && !notAlive.test(lower);
}

/** The chatter of a process and of its launcher once the end is decided. */
export function isStopping(lower: string): boolean {
  return stopping.test(lower);
}
