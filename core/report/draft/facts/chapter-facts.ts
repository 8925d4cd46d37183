import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import type { Death } from '../../../history/container-history.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import type { BuiltChapter } from '../../../incident/build-chapters.ts';
import type { BuiltIncident } from '../../../incident/build-incidents.ts';
import type { Rollout } from '../../../incident/incident.ts';
import { second, type Instant } from '../../../time/instant.ts';
import type { ContainerStatus } from '../../../wire/container.ts';
import { lastLogOf } from '../../facts/last-log.ts';
import type { ChapterFacts } from '../draft-input.ts';

/** The chapters of an incident with their pods, deaths, spec and rollout. */
export function chapterFacts(built: BuiltIncident): readonly [ChapterFacts, ...ChapterFacts[]] {
  const pods = new Map(built.workload.pods.map((pod) => [pod.uid, pod]));
  const [first, ...rest] = built.chapters.map((chapter, index) => toFacts(built, chapter, { pods, number: index + 1 }));
  if (first === undefined) throw new RangeError('an incident needs at least one chapter');
  return [first, ...rest];
}

function toFacts(
  built: BuiltIncident,
  chapter: BuiltChapter,
  { pods, number }: { readonly pods: ReadonlyMap<string, PodHistory>; readonly number: number },
): ChapterFacts {
  const from = chapter.signs[0].from;
  const own = [...new Set(chapter.signs.map((sign) => sign.podUid))].flatMap((uid) => pods.get(uid ?? '') ?? []);
  const keys = new Set(chapter.signs.flatMap((sign) => sign.deaths));
  const deaths = own.flatMap((pod) => pod.containers.flatMap((container) => container.deaths)).filter((death) => keys.has(death.key));
  const spec = specOf(chapter, own, deaths);
  const lastLog = lastLogOf(built.workload, chapter);
  const rollout = rolloutOf(built.rollouts, own, from);
  return {
    number,
    built: chapter,
    from,
    pods: own,
    deaths,
    ...(lastLog === undefined ? {} : { lastLog }),
    ...(spec === undefined ? {} : { spec }),
    ...(rollout === undefined ? {} : { rollout }),
  };
}

/** As the instance that died had it, else as the newest state of the first pod has it. */
function specOf(
  { chapter }: BuiltChapter,
  pods: readonly PodHistory[],
  deaths: readonly Death[],
): { readonly status: ContainerStatus; readonly evidence: EvidenceId } | undefined {
  const [pod] = pods;
  const inForce = deaths.find((death) => death.status.name === chapter.container)?.status;
  const state = pod?.states.find(({ record }) =>
    record.containers.some((item) => item.name === chapter.container && (inForce === undefined || sameSpec(item, inForce))),
  );
  const status = inForce ?? state?.record.containers.find((item) => item.name === chapter.container);
  return state === undefined || status === undefined ? undefined : { status, evidence: state.evidence };
}

function sameSpec(a: ContainerStatus, b: ContainerStatus): boolean {
  return a.image === b.image && JSON.stringify(a.resources) === JSON.stringify(b.resources);
}

/** The newest one at or before the first failure; times of events are whole seconds. */
function rolloutOf(rollouts: readonly Rollout[], pods: readonly PodHistory[], from: Instant): Rollout | undefined {
  const hashes = new Set(pods.map((pod) => pod.latest.revisionHash));
  const before = rollouts.filter((rollout) => Date.parse(rollout.at) < from + second);
  return before.findLast((rollout) => rollout.revisionHash !== undefined && hashes.has(rollout.revisionHash)) ?? before.at(-1);
}
