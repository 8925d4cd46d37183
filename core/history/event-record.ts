import { Cited } from '../evidence/cited.ts';
import type { EvidenceId } from '../evidence/evidence-id.ts';
import { earliest, instantOf, latest, type Instant } from '../time/instant.ts';
import type { EventObservation } from '../wire/event.ts';
import type { HashText } from '../wire/observation-id.ts';

/** One Kubernetes Event with all the versions of it that were seen. */
export interface EventRecord {
  readonly evidence: EvidenceId;
  /** The newest version: counts and messages move on in place. */
  readonly record: EventObservation;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly count: number;
  /** When its first known version was seen: finer than its own times, which are whole seconds as a rule. */
  readonly seenAt: Instant;
  /** When the event is known to have happened: the first time, and the last time of each version seen. */
  readonly occurrences: readonly Instant[];
  /** From `fieldPath`: `spec.containers{api}`. Absent on pod-level events. */
  readonly container?: string;
  /** Without the prefix the client library adds when it combines similar events. */
  readonly message: string;
}

const combinedPrefix = '(combined from similar events): ';

/** Versions of events to one record per event uid, in order of first occurrence. */
export function toEventRecords(observations: readonly EventObservation[], hash: HashText): readonly EventRecord[] {
  const byUid = Map.groupBy(observations, (event) => event.uid);
  return [...byUid.values()].map((versions) => toEventRecord(versions, hash)).toSorted(byFirstTime);
}

export function byFirstTime(a: EventRecord, b: EventRecord): number {
  return a.firstAt - b.firstAt || (a.record.uid < b.record.uid ? -1 : a.record.uid > b.record.uid ? 1 : 0);
}

function toEventRecord(versions: readonly EventObservation[], hash: HashText): EventRecord {
  const timed = versions.map((version) => ({ version, last: lastTime(version) }));
  const ordered = timed.length === 1 ? timed : timed.toSorted((a, b) => a.last - b.last || (a.version.id < b.version.id ? -1 : 1));
  const newest = ordered.at(-1)?.version;
  const first = ordered[0]?.version;
  if (newest === undefined || first === undefined) throw new RangeError('an event record needs at least one version');
  const count = ordered.reduce((most, { version }) => Math.max(most, version.series?.count ?? version.count ?? 1), 0);
  return new SeenEvent({ first, newest, count }, occurrencesIn(ordered), hash);
}

interface Versions {
  readonly first: EventObservation;
  readonly newest: EventObservation;
  readonly count: number;
}

class SeenEvent extends Cited implements EventRecord {
  readonly record: EventObservation;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly count: number;
  readonly occurrences: readonly Instant[];
  readonly message: string;
  readonly container?: string;
  readonly #first: EventObservation;

  constructor({ first, newest, count }: Versions, times: readonly Instant[], hash: HashText) {
    super(hash);
    const { message } = newest;
    const container = containerOf(newest);
    this.record = newest;
    this.firstAt = times[0] ?? lastTime(newest);
    this.lastAt = times.at(-1) ?? this.firstAt;
    this.#first = first;
    this.count = count;
    this.occurrences = times;
    this.message = message.startsWith(combinedPrefix) ? message.slice(combinedPrefix.length) : message;
    if (container !== undefined) this.container = container;
  }

  get seenAt(): Instant {
    return Date.parse(this.#first.observedAt);
  }
}

function occurrencesIn(versions: readonly { readonly version: EventObservation; readonly last: Instant }[]): readonly Instant[] {
  const [only] = versions;
  if (versions.length === 1 && only !== undefined && isSingle(only.version)) return [only.last];
  const occurrences: Instant[] = [];
  let before: EventObservation | undefined;
  for (const { version, last } of versions) {
    const told = before !== undefined && sameFirst(before, version);
    const first = isSingle(version) ? last : told ? undefined : firstTime(version);
    if (first !== undefined && first !== last) occurrences.push(first);
    if (last !== occurrences.at(-1)) occurrences.push(last);
    before = version;
  }
  // Each version tells of a later time, but where one begins anew.
  const grows = occurrences.every((at, index) => index === 0 || at > (occurrences[index - 1] ?? 0));
  return grows ? occurrences : [...new Set(occurrences)].toSorted((a, b) => a - b);
}

/** Versions of one event share its beginning, nearly always to the letter. */
function sameFirst(a: EventObservation, b: EventObservation): boolean {
  return a.firstTimestamp === b.firstTimestamp && a.eventTime === b.eventTime && a.createdAt === b.createdAt;
}

/** Most events happened once, and reading times is what costs. */
function isSingle({ firstTimestamp, lastTimestamp, eventTime, series }: EventObservation): boolean {
  return firstTimestamp !== undefined && firstTimestamp === lastTimestamp && eventTime === undefined && series === undefined;
}

function firstTime(event: EventObservation): Instant | undefined {
  return earliest(instantOf(event.firstTimestamp), instantOf(event.eventTime)) ?? instantOf(event.createdAt);
}

/** Scheduler events have only eventTime and series; kubelet events only first/lastTimestamp. */
function lastTime(event: EventObservation): Instant {
  if (event.series === undefined && event.eventTime === undefined) return instantOf(event.lastTimestamp) ?? createdOrSeen(event);
  const known = latest(instantOf(event.series?.lastObservedTime), instantOf(event.lastTimestamp), instantOf(event.eventTime));
  return known ?? createdOrSeen(event);
}

function createdOrSeen(event: EventObservation): Instant {
  return instantOf(event.createdAt) ?? Date.parse(event.observedAt);
}

function containerOf(event: EventObservation): string | undefined {
  // An aggregated event may carry the fieldPath of another container than its message is about.
  if (event.message.startsWith(combinedPrefix)) return undefined;
  return /^spec\.(?:initContainers|containers|ephemeralContainers)\{([^}]+)\}$/.exec(event.involvedObject.fieldPath ?? '')?.[1];
}
