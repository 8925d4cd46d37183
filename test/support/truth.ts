import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter, Incident } from '#core/incident/incident.ts';

const recordings = join(import.meta.dirname, '..', 'recordings');

export function recordingDir(name: string): string {
  return join(recordings, name);
}

/** What a correct diagnosis must say; lists are alternatives that are all right, `cause: null` means any honest cause. */
export interface TruthChapter {
  readonly symptom: readonly string[];
  readonly phase: readonly string[];
  readonly failurePoint: readonly string[];
  readonly cause: readonly string[] | null;
  readonly container: string | null;
  readonly containerRole: string | null;
}

export interface Truth {
  readonly incident: boolean | 'optional';
  readonly workload: { readonly kind: string; readonly name: string };
  readonly chapters: readonly TruthChapter[];
  readonly alsoFine?: readonly string[];
  readonly mitigation?: { readonly kind: string };
}

export function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(recordingDir(name), 'truth.json'), 'utf8')) as Truth;
}

export interface Comparison {
  /** Take the cause as right when it is this honest admission of ignorance. */
  readonly mayBeUnknown: boolean;
}

/** Every difference between what was found and what is true, as sentences; empty when all is right. */
export function differences(name: string, incidents: readonly Incident[], { mayBeUnknown }: Comparison): readonly string[] {
  const truth = truthOf(name);
  const [incident, ...more] = incidents;
  if (incident === undefined) return truth.incident === true ? ['no incident was found'] : [];
  if (truth.incident === false) return [`found an incident of ${incident.workload.kind} ${incident.workload.name}, there is none`];
  const found = [
    ...more.map((other) => `a second incident, of ${other.workload.kind} ${other.workload.name}`),
    ...compare('workload', `${incident.workload.kind}/${incident.workload.name}`, [`${truth.workload.kind}/${truth.workload.name}`]),
    ...(truth.mitigation === undefined ? [] : compare('mitigation', incident.mitigation.kind, [truth.mitigation.kind])),
  ];
  const remaining = [...incident.chapters];
  for (const [index, expected] of truth.chapters.entries()) {
    const at = remaining.findIndex(
      (chapter) => expected.symptom.includes(chapter.symptom) && (chapter.container ?? null) === expected.container,
    );
    const chapter = remaining[at];
    if (chapter === undefined)
      found.push(`chapter ${index + 1}: no ${expected.symptom.join(' or ')} of container ${expected.container ?? 'none'}`);
    else {
      remaining.splice(at, 1);
      found.push(...compareChapter(index + 1, chapter, expected, mayBeUnknown));
    }
  }
  const allowed = truth.alsoFine ?? [];
  return [
    ...found,
    ...remaining
      .filter((chapter) => !allowed.includes(chapter.symptom))
      .map((chapter) => `a chapter too many: ${chapter.symptom} of container ${chapter.container ?? 'none'}`),
  ];
}

function compareChapter(number: number, chapter: Chapter, expected: TruthChapter, mayBeUnknown: boolean): readonly string[] {
  const honest = mayBeUnknown && ['unknown-app-exit', 'unexplained'].includes(chapter.cause);
  return [
    ...compare(`chapter ${number} phase`, chapter.phase, expected.phase),
    ...compare(`chapter ${number} failure point`, chapter.failurePoint, expected.failurePoint),
    ...compare(`chapter ${number} role`, chapter.containerRole ?? 'null', [expected.containerRole ?? 'null']),
    ...(expected.cause === null || honest ? [] : compare(`chapter ${number} cause`, chapter.cause, expected.cause)),
  ];
}

function compare(what: string, actual: string, expected: readonly string[]): readonly string[] {
  return expected.includes(actual) ? [] : [`${what} is ${actual}, not ${expected.join(' or ')}`];
}
