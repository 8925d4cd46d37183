import { evidenceOf } from '../evidence/evidence-id.ts';
import type { ContainerHistory, Death } from '../history/container-history.ts';
import { livedFor, memoryLimitOf } from '../history/pod-facts.ts';
import { logOf } from '../history/log-of.ts';
import { readyFor } from '../history/ready-for.ts';
import { toldToStop } from '../history/told-to-stop.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { join, quote, strong, words, type Inline } from '../report/inline.ts';
import type { FoundSign } from '../rules/rule.ts';
import { explainExitCode } from '../causes/exit-code.ts';
import { between, describeDuration, describeRange } from '../time/duration.ts';
import { second } from '../time/instant.ts';
import { logFingerprint } from '../report/log-fingerprint.ts';
import { visibleText } from '../report/visible-text.ts';
import type { Entry } from './entry.ts';

/** A death with the container it is one of. */
export interface Ended {
  readonly death: Death;
  readonly container: ContainerHistory;
}

const isProbeKill: ReadonlySet<FoundSign['symptom']> = new Set(['LivenessProbeFailed', 'StartupProbeFailed']);

/** The first death of a container in full; later ones of the same kind, in whichever pod, as one row. */
export function deathEntries(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Ended>): readonly Entry[] {
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

function firstDeath(workload: WorkloadHistory, sign: FoundSign, deaths: ReadonlyMap<string, Ended>): Entry {
  const ended = deaths.get(sign.deaths[0] ?? '');
  const log = ended === undefined ? undefined : logOf(workload, sign.podUid ?? '', ended.death);
  const stop = stopOf(workload, sign, ended);
  const what = [...headline(sign, ended), ...circumstances(workload, sign, ended)];
  const entry = ranged(toEntry(sign, [sign.from], what), ended?.death.end.finishedAt);
  const shown = [...(stop === undefined ? [] : [stop.evidence]), ...(log?.text === undefined ? [] : [evidenceOf(log)])];
  const [own, ...rest] = entry.evidence;
  return { ...entry, evidence: [own, ...shown, ...rest], cites: shown.length + 1 };
}

/** Where a probe had the process killed: being told to stop, and having stopped. */
function stopOf({ pods }: WorkloadHistory, { podUid, symptom }: FoundSign, ended: Ended | undefined) {
  const pod = isProbeKill.has(symptom) ? pods.find(({ uid }) => uid === podUid) : undefined;
  return pod === undefined || ended === undefined ? undefined : toldToStop(pod, ended.death);
}

function laterDeaths(
  workload: WorkloadHistory,
  first: FoundSign,
  rest: readonly FoundSign[],
  deaths: ReadonlyMap<string, Ended>,
): readonly Entry[] {
  const [next] = rest;
  if (next === undefined) return [];
  const ends = rest.flatMap((sign) => deaths.get(sign.deaths[0] ?? '') ?? []);
  const lives = ends.flatMap(({ death }) => livedFor(death) ?? []);
  const lived = lives.length === 0 ? '' : `, ${lateEnd(rest, deaths)}${describeRange(lives)} after start`;
  const ready = ends.flatMap(({ container, death }) => readyFor(container, death) ?? []);
  const what = [
    strong(quote(nameOf(next, deaths.get(next.deaths[0] ?? '')))),
    words(` again${rest.length > 1 ? ` ×${rest.length}` : ''} (${next.exitCode ?? '?'})${lived}${readyWords(ready)}`),
    words(endingsOf(workload, [first, ...rest], deaths)),
  ];
  const entry = toEntry(
    next,
    rest.map((sign) => sign.from),
    what,
    rest.flatMap((sign) => sign.evidence.slice(0, 1).map((item) => item.id)),
  );
  const others = new Set(rest.map((sign) => sign.podUid)).size - 1;
  return [{ ...single(entry, ends), cites: 3, counted: true, ...(others === 0 ? {} : { object: `${entry.object} +${others}` }) }];
}

function single(entry: Entry, [only, ...more]: readonly Ended[]): Entry {
  return only === undefined || more.length > 0 ? entry : ranged(entry, only.death.end.finishedAt);
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

/** A Job gives up later, which has a row of its own: until then this is what Kubernetes calls it. */
function nameOf(sign: FoundSign, ended: Ended | undefined): string {
  return sign.symptom === 'JobFailed' ? (ended?.death.end.terminated.reason ?? sign.symptom) : sign.symptom;
}

function headline(sign: FoundSign, ended: Ended | undefined): readonly Inline[] {
  const { signal } = explainExitCode(sign.exitCode ?? 0, { reason: sign.reason });
  const code = `exit code ${sign.exitCode ?? 'unknown'}${signal === undefined ? '' : `, ${signal}`}`;
  return [strong(quote(nameOf(sign, ended))), words(` container `), quote(sign.container?.name ?? ''), words(` (${code})`)];
}

function circumstances(workload: WorkloadHistory, sign: FoundSign, ended: Ended | undefined): readonly Inline[] {
  if (ended === undefined) return [];
  const { death, container } = ended;
  const lived = livedFor(death);
  const ready = readyFor(container, death);
  const limit = sign.symptom === 'OOMKilled' ? memoryLimitOf(death) : undefined;
  const said = sign.symptom === 'OOMKilled' || sign.symptom === 'JobFailed' ? undefined : sign.quote;
  const lastLine = lastLogLine(workload, sign, death);
  const stop = stopOf(workload, sign, ended);
  const parts: (readonly Inline[])[] = [
    ...(lived === undefined
      ? []
      : [
          [
            words(
              `${endsLater(sign, death) ? 'ended ' : ''}${describeDuration(lived)} after start${readyWords(ready === undefined ? [] : [ready])}`,
            ),
          ],
        ]),
    ...(stop === undefined ? [] : [[words(`told to stop ${describeDuration(between(stop.at, death.end.finishedAt))} before`)]]),
    ...(limit === undefined ? [] : [[words('memory limit '), quote(limit)]]),
    ...(said === undefined ? [] : [[quote(said, 140)]]),
    ...(lastLine === undefined ? [] : [[words('last log line '), quote(lastLine, 100)]]),
  ];
  return parts.length === 0 ? [] : [words(', '), ...join(parts, ', ')];
}

/** Where the pod was told to stop at the time of the row, it is the end of the process that its life is counted to. */
function endsLater(sign: FoundSign, { end }: Death): boolean {
  return end.finishedAt >= sign.from + second;
}

function lateEnd(signs: readonly FoundSign[], deaths: ReadonlyMap<string, Ended>): string {
  const late = signs.some((sign) => {
    const ended = deaths.get(sign.deaths[0] ?? '');
    return ended !== undefined && endsLater(sign, ended.death);
  });
  return late ? 'ended ' : '';
}

function readyWords(times: readonly number[]): string {
  if (times.length === 0) return '';
  return Math.max(...times) === 0 ? ', never ready' : `, ready for ${describeRange(times)}`;
}

function lastLogLine(workload: WorkloadHistory, sign: FoundSign, death: Death): string | undefined {
  const text = logOf(workload, sign.podUid ?? '', death)?.text;
  return text === undefined ? undefined : visibleText(text.slice(-4000)).trimEnd().split('\n').at(-1);
}

/** Whether later instances printed what the first one did before its end. */
function endingsOf(workload: WorkloadHistory, signs: readonly FoundSign[], deaths: ReadonlyMap<string, Ended>): string {
  const texts = signs.flatMap((sign) => {
    const ended = deaths.get(sign.deaths[0] ?? '');
    return ended === undefined ? [] : [logOf(workload, sign.podUid ?? '', ended.death)?.text];
  });
  const endings = new Set([...new Set(texts)].map((text) => logFingerprint(text))).size;
  if (texts.includes(undefined) || texts.every((text) => text === '')) return '';
  return endings === 1 ? ', the log ends the same way' : `, the log has ${endings} different endings`;
}
