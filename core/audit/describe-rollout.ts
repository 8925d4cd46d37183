import { shortImage } from '../incident/image.ts';
import type { Image } from '../incident/incident.ts';
import type { Failure } from '../ledger/rollout-record.ts';
import { describeDuration } from '../time/duration.ts';
import { second, wholeSecond } from '../time/instant.ts';
import { wasOver } from './judge-replacement.ts';
import type { AuditedRollout, Replacement } from './rollback-audit.ts';

/** One sentence: what happened on a rollout, what replaced it, and whether that helped. From records, so quote it as text from outside. */
export function describeRollout(rollout: Omit<AuditedRollout, 'summary'>): string {
  return [`${shortImage(rollout.to)} ${whatHappened(rollout)}`, ...whatReplacedIt(rollout)].join('; ');
}

function whatHappened({ started, failures, firstFailureAfterSeconds, livedSeconds, current }: Omit<AuditedRollout, 'summary'>): string {
  const failed = failures.map(describeFailure).join(', ');
  if (!started)
    return failures.length === 0 ? 'was never seen to start' : `never started (${failures.map(({ cause }) => cause).join(', ')})`;
  const lived = `${current ? 'has run' : 'ran'} for ${describeDuration(livedSeconds * second)}`;
  if (failures.length === 0) return `${lived} without a failure`;
  return `${failed}, first ${describeDuration((firstFailureAfterSeconds ?? 0) * second)} after its rollout`;
}

function describeFailure({ symptom, cause, deaths, firstAt, lastAt }: Failure): string {
  const span = wholeSecond(Date.parse(lastAt)) - wholeSecond(Date.parse(firstAt));
  const what = symptom === 'OOMKilled' ? 'was OOMKilled' : `failed as ${symptom} (${cause})`;
  if (deaths <= 1) return what;
  return `${what} ${deaths} times within ${describeDuration(span)}`;
}

function whatReplacedIt({ replacedBy, livedSeconds, to, failures }: Omit<AuditedRollout, 'summary'>): readonly string[] {
  if (replacedBy === undefined) return [];
  const after = `after ${describeDuration(livedSeconds * second)}`;
  const how =
    replacedBy.kind === 'rollback'
      ? `rolled back ${after} to ${shortImage(replacedBy.image)}`
      : `replaced ${after} by ${nameOf(replacedBy.image, to)}`;
  return [how, ...overBefore(replacedBy, failures), ...outcomeOf(replacedBy)];
}

function nameOf(image: Image, before: Image): string {
  return image.ref === before.ref && image.digest === before.digest ? 'the same image' : shortImage(image);
}

function outcomeOf(replacement: Replacement): readonly string[] {
  const { verdict, symptoms = [], quietSeconds = 0 } = replacement;
  const what = symptoms.join(' and ');
  const quiet = describeDuration(quietSeconds * second);
  switch (verdict) {
    case undefined:
      return [];
    case 'ended':
      return [`${what} ended: ${notSeenAgain(replacement)}`];
    case 'returned':
      return [`${what} ended and returned after ${quiet}`];
    case 'continued':
      return [`that did not help: ${what} again after ${quiet}`];
    default:
      return verdict satisfies never;
  }
}

function notSeenAgain({ quietSeconds = 0, quietUntil }: Replacement): string {
  const until = quietUntil === 'next-rollout' ? 'until the next rollout' : 'until the data ends';
  return `not seen again in ${describeDuration(quietSeconds * second)}, ${until}`;
}

/** What ended by itself, and no change can have ended. */
function overBefore(replacement: Replacement, failures: readonly Failure[]): readonly string[] {
  return failures.flatMap(({ symptom, endedAt }) => {
    if (endedAt === undefined || !wasOver({ endedAt }, replacement)) return [];
    const before = wholeSecond(Date.parse(replacement.at)) - wholeSecond(Date.parse(endedAt));
    const since = replacement.verdict === undefined ? `, and was ${notSeenAgain(replacement)}` : '';
    return [`${symptom} was over ${describeDuration(before)} before that${since}`];
  });
}
