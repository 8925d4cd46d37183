import type { Failure, RolloutRecord } from '../ledger/rollout-record.ts';
import { hour, second, wholeSecond, type Instant } from '../time/instant.ts';
import type { Replacement } from './rollback-audit.ts';

/** Seen again after so long, a symptom had ended and come back. */
const longQuiet = hour;

/**
 * Whether the symptoms of a rollout were seen again on the one that replaced it. That it ended them is for people to confirm:
 * said is that they ended, and for how long. What was over by itself when the replacement came cannot have been ended by it.
 *
 * @param after the replacement, then what replaced that
 * @param through latest data time of the cluster
 */
export function judgeReplacement(failed: RolloutRecord, after: readonly RolloutRecord[], through: Instant): Replacement | undefined {
  const [next, later] = after;
  if (next === undefined) return undefined;
  const replacement = {
    at: next.at,
    kind: next.kind,
    image: next.to,
    evidence: next.evidence,
    ...(next.revision === undefined ? {} : { revision: next.revision }),
  };
  if (failed.failures.length === 0) return replacement;
  const from = Date.parse(next.at);
  const seconds = (to: Instant) => Math.max(0, (wholeSecond(to) - wholeSecond(from)) / second);
  const again = next.failures.filter((failure) => failed.failures.some((known) => isSameSymptom(known, failure)));
  if (again.length > 0) {
    const at = Math.min(...again.map(({ firstAt }) => Date.parse(firstAt)));
    const went = failed.failures.filter((known) => again.some((failure) => isSameSymptom(known, failure)));
    const hadEnded = at - from >= longQuiet || went.every((failure) => wasOver(failure, next));
    return {
      ...replacement,
      verdict: hadEnded ? 'returned' : 'continued',
      symptoms: symptomsOf(went),
      quietSeconds: seconds(at),
      quietUntil: 'symptom',
    };
  }
  const lasting = failed.failures.filter((failure) => !wasOver(failure, next));
  return {
    ...replacement,
    ...(lasting.length === 0 ? {} : { verdict: 'ended', symptoms: symptomsOf(lasting) }),
    quietSeconds: seconds(later === undefined ? through : Date.parse(later.at)),
    quietUntil: later === undefined ? 'data-end' : 'next-rollout',
  };
}

/** Whether a failure of the rollout before was over by itself when its replacement came. */
export function wasOver({ endedAt }: Pick<Failure, 'endedAt'>, { at }: { readonly at: string }): boolean {
  return endedAt !== undefined && Date.parse(endedAt) <= Date.parse(at);
}

function symptomsOf(failures: readonly Failure[]): readonly string[] {
  return [...new Set(failures.map(({ symptom }) => symptom))];
}

/** The first death of what becomes a loop is an `Error`. */
function isSameSymptom(a: Failure, b: Failure): boolean {
  const family = ({ symptom }: Failure) => (symptom === 'Error' ? 'CrashLoopBackOff' : symptom);
  return family(a) === family(b) && a.container === b.container;
}
