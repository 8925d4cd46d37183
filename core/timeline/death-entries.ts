import { evidenceOf } from '../evidence/evidence-id.ts';
import type { Death } from '../history/container-history.ts';
import { livedFor, memoryLimitOf } from '../history/pod-facts.ts';
import { logOf } from '../history/log-of.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { join, quote, strong, words, type Inline } from '../report/inline.ts';
import type { FoundSign } from '../rules/rule.ts';
import { explainExitCode } from '../causes/exit-code.ts';
import { describeDuration } from '../time/duration.ts';
import { second } from '../time/instant.ts';
import { logFingerprint } from '../report/log-fingerprint.ts';
import { visibleText } from '../report/visible-text.ts';
import type { Entry } from './entry.ts';

/** The first death of a container in full; later ones of the same kind, in whichever pod, as one row. */
export function deathEntries(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Death>): readonly Entry[] {
  const fatal = signs.filter((sign) => sign.deaths.length > 0);
  const groups = Map.groupBy(fatal, (sign) =>
    JSON.stringify([sign.container?.name, sign.symptom, sign.exitCode, sign.image?.ref, sign.image?.digest]),
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
  const what = [...headline(sign), ...circumstances(workload, sign, death)];
  const entry = ranged(toEntry(sign, [sign.from], what), death?.end.finishedAt);
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
  const [next] = rest;
  if (next === undefined) return [];
  const lives = rest.map((sign) => lifeOf(sign, deaths)).filter((life) => life !== undefined);
  const same = lives.length === rest.length && new Set(lives).size === 1;
  const lived =
    lives.length === 0
      ? ''
      : same
        ? `, ${describeDuration(lives[0] ?? 0)} after start`
        : `, ${describeDuration(Math.min(...lives))} to ${describeDuration(Math.max(...lives))} after start`;
  const what = [
    strong(quote(next.symptom)),
    words(
      ` again${rest.length > 1 ? ` ×${rest.length}` : ''} (${next.exitCode ?? '?'})${lived}${endingsOf(workload, [first, ...rest], deaths)}`,
    ),
  ];
  const entry = toEntry(
    next,
    rest.map((sign) => sign.from),
    what,
    rest.flatMap((sign) => sign.evidence.slice(0, 1).map((item) => item.id)),
  );
  const others = new Set(rest.map((sign) => sign.podUid)).size - 1;
  return [{ ...entry, cites: 3, ...(others === 0 ? {} : { object: `${entry.object} +${others}` }) }];
}

/** A pod that is told to stop fails before its process ends. */
function ranged(entry: Entry, endedAt: number | undefined): Entry {
  const [from] = entry.times;
  return endedAt === undefined || endedAt < from + second ? entry : { ...entry, times: [from, endedAt], span: 'range' };
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
  const said = sign.symptom === 'OOMKilled' ? undefined : sign.quote;
  const lastLine = lastLogLine(workload, sign, death);
  const parts: (readonly Inline[])[] = [
    ...(lived === undefined ? [] : [[words(`${describeDuration(lived)} after start`)]]),
    ...(limit === undefined ? [] : [[words('memory limit '), quote(limit)]]),
    ...(said === undefined ? [] : [[quote(said, 140)]]),
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

/** Whether later instances printed what the first one did before its end. */
function endingsOf(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Death>): string {
  const texts = signs.flatMap((sign) => {
    const death = deaths.get(sign.deaths[0] ?? '');
    return death === undefined ? [] : [logOf(workload, sign.podUid ?? '', death)?.text];
  });
  const endings = new Set([...new Set(texts)].map((text) => logFingerprint(text))).size;
  if (texts.includes(undefined) || texts.every((text) => text === '')) return '';
  return endings === 1 ? ', the log ends the same way' : `, the log has ${endings} different endings`;
}
