import { evidenceOf } from '../evidence/evidence-id.ts';
import { livedFor, memoryLimitOf, type Death } from '../history/pod-facts.ts';
import { logOf } from '../history/log-of.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { join, quote, strong, words, type Inline } from '../report/inline.ts';
import type { FoundSign } from '../rules/rule.ts';
import { explainExitCode } from '../causes/exit-code.ts';
import { describeDuration } from '../time/duration.ts';
import { logFingerprint } from '../report/log-fingerprint.ts';
import { visibleText } from '../report/visible-text.ts';
import type { Entry } from './entry.ts';

/** The first death of a container in a pod in full; later ones that ended the same way as one row. */
export function deathEntries(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Death>): readonly Entry[] {
  const fatal = signs.filter((sign) => sign.deaths.length > 0);
  const groups = Map.groupBy(fatal, (sign) =>
    JSON.stringify([sign.podUid, sign.container?.name, sign.symptom, sign.exitCode, sign.image?.ref]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (first === undefined) return [];
    return [firstDeath(workload, first, deaths), ...laterDeaths(workload, first, rest, deaths)];
  });
}

function firstDeath(workload: WorkloadHistory, sign: FoundSign, deaths: ReadonlyMap<string, Death>): Entry {
  const death = deaths.get(sign.deaths[0] ?? '');
  const log = death === undefined ? undefined : logOf(workload, sign.podUid ?? '', death);
  const entry = toEntry(sign, [sign.from], [...headline(sign), ...circumstances(workload, sign, death)]);
  if (log?.text === undefined) return entry;
  const [own, ...rest] = entry.evidence;
  return { ...entry, evidence: [own, evidenceOf(log), ...rest], cites: 2 };
}

function laterDeaths(
  workload: WorkloadHistory,
  first: FoundSign,
  rest: readonly FoundSign[],
  deaths: ReadonlyMap<string, Death>,
): readonly Entry[] {
  const [second] = rest;
  if (second === undefined) return [];
  const lives = rest.map((sign) => lifeOf(sign, deaths)).filter((life) => life !== undefined);
  const same = lives.length === rest.length && new Set(lives).size === 1;
  const lived =
    lives.length === 0
      ? ''
      : same
        ? `, ${describeDuration(lives[0] ?? 0)} after start`
        : `, ${describeDuration(Math.min(...lives))} to ${describeDuration(Math.max(...lives))} after start`;
  const log = sameEnding(workload, [first, ...rest], deaths) ? ', its log ends the same way' : '';
  const what = [
    strong(quote(second.symptom)),
    words(` again${rest.length > 1 ? ` ×${rest.length}` : ''} (${second.exitCode ?? '?'})${lived}${log}`),
  ];
  return [
    toEntry(
      second,
      rest.map((sign) => sign.from),
      what,
      rest.flatMap((sign) => sign.evidence.slice(0, 1).map((item) => item.id)),
    ),
  ];
}

function toEntry(
  sign: FoundSign,
  times: readonly number[],
  what: readonly Inline[],
  more?: readonly FoundSign['evidence'][number]['id'][],
): Entry {
  const [at = sign.from, ...later] = times;
  const own = sign.evidence.map((item) => item.id);
  const [head = sign.evidence[0].id, ...tail] = more ?? own;
  return {
    times: [at, ...later],
    span: later.length === 0 ? 'point' : later.length <= 3 ? 'list' : 'range',
    phase: sign.container?.role === 'init' ? 'init' : sign.phase,
    what,
    object: `pod/${sign.pod ?? ''}`,
    evidence: [head, ...tail],
    rank: 1,
    ...(sign.image === undefined ? {} : { image: sign.image }),
  };
}

function headline(sign: FoundSign): readonly Inline[] {
  const { signal } = explainExitCode(sign.exitCode ?? 0, { reason: sign.reason });
  const code = `exit code ${sign.exitCode ?? 'unknown'}${signal === undefined ? '' : `, ${signal}`}`;
  return [strong(quote(sign.symptom)), words(` container `), quote(sign.container?.name ?? ''), words(` (${code})`)];
}

function circumstances(workload: WorkloadHistory, sign: FoundSign, death: Death | undefined): readonly Inline[] {
  if (death === undefined) return [];
  const lived = livedFor(death);
  const limit = sign.symptom === 'OOMKilled' ? memoryLimitOf(death) : undefined;
  const lastLine = lastLogLine(workload, sign, death);
  const parts: (readonly Inline[])[] = [
    ...(lived === undefined ? [] : [[words(`${describeDuration(lived)} after start`)]]),
    ...(limit === undefined ? [] : [[words('memory limit '), quote(limit)]]),
    ...(lastLine === undefined ? [] : [[words('last log line '), quote(lastLine, 100)]]),
  ];
  return parts.length === 0 ? [] : [words(', '), ...join(parts, ', ')];
}

function lifeOf(sign: FoundSign, deaths: ReadonlyMap<string, Death>): number | undefined {
  const death = deaths.get(sign.deaths[0] ?? '');
  return death === undefined ? undefined : livedFor(death);
}

function lastLogLine(workload: WorkloadHistory, sign: FoundSign, death: Death): string | undefined {
  const text = logOf(workload, sign.podUid ?? '', death)?.text;
  return text === undefined ? undefined : visibleText(text.slice(-4000)).trimEnd().split('\n').at(-1);
}

function sameEnding(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Death>): boolean {
  const endings = signs.map((sign) => {
    const death = deaths.get(sign.deaths[0] ?? '');
    return death === undefined ? undefined : logFingerprint(logOf(workload, sign.podUid ?? '', death)?.text);
  });
  return endings[0] !== undefined && new Set(endings).size === 1;
}
