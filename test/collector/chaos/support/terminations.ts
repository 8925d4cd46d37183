import type { Incident } from '#core/incident/incident.ts';
import type { Observation } from '#core/wire/observation.ts';
import { findDeaths } from '../../../../collector/detect/find-deaths.ts';
import { recordedLines } from '../../support/recorded.ts';

/** One end of one container instance. */
export interface Termination {
  readonly pod: string;
  readonly container: string;
  readonly containerID: string;
  readonly finishedAt: string;
}

interface Ended {
  readonly terminated?: { readonly containerID?: string; readonly finishedAt?: string };
}

interface PodStatus {
  readonly containerStatuses?: readonly Status[];
  readonly initContainerStatuses?: readonly Status[];
}

interface Status {
  readonly name: string;
  readonly state?: Ended;
  readonly lastState?: Ended;
}

/** Every termination that a recording shows in any state of any pod. */
export function terminationsOf(recording: string): readonly Termination[] {
  const found = new Map<string, Termination>();
  for (const { object } of recordedLines(recording, 'pods')) {
    // Recordings are raw objects of the API.
    const { metadata, status } = object as unknown as { metadata: { name: string }; status: PodStatus };
    for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      for (const ended of [container.state, container.lastState]) {
        const { containerID, finishedAt = '' } = ended?.terminated ?? {};
        if (containerID !== undefined) found.set(containerID, { pod: metadata.name, container: container.name, containerID, finishedAt });
      }
  }
  return [...found.values()];
}

/** containerIDs of the terminations that the observations show. */
export function capturedIn(observations: readonly Observation[]): ReadonlySet<string> {
  return new Set(
    observations.flatMap((one) => (one.kind === 'pod' ? one.containers.flatMap(findDeaths).map(({ containerID }) => containerID) : [])),
  );
}

/** How many ends of a container the gap notes own up to; any number for a pod that was gone after a gap. */
export function listedAsGap(observations: readonly Observation[], { pod, container }: Termination): number {
  const reasons = observations.flatMap((one) => (one.kind === 'coverage' && one.note === 'watch-gap' ? [one.reason ?? ''] : []));
  const counted = reasons
    .flatMap((reason) => [...reason.matchAll(/(\d+) of ([\w.-]+\/[\w.-]+)/g)])
    .filter(([, , name]) => name === `${pod}/${container}`);
  const isGone = reasons.some((reason) =>
    /how they ended was not seen: ([^;]*)/
      .exec(reason)?.[1]
      ?.split(/, | and more/)
      .includes(pod),
  );
  return isGone ? Number.POSITIVE_INFINITY : counted.reduce((sum, [, number]) => sum + Number(number), 0);
}

/** The pod was not seen after this end, and a note says that nobody watched pods then. */
export function fellIntoUnwatchedTime(observations: readonly Observation[], { pod, finishedAt }: Termination): boolean {
  const isSeenLater = observations.some((one) => one.kind === 'pod' && one.name === pod && one.observedAt > finishedAt);
  const at = Date.parse(finishedAt);
  const isUnwatched = (one: Observation): boolean =>
    one.kind === 'coverage' &&
    one.reason?.startsWith('nobody watched: pods') === true &&
    Date.parse(one.from) - 1000 <= at &&
    at <= Date.parse(one.to);
  return !isSeenLater && observations.some(isUnwatched);
}

/** How many ends of a container the incidents list as proved and not captured: also those before the first start of a collector. */
export function countedAsMissed(incidents: readonly Incident[], { pod, container }: Termination): number {
  const texts = incidents.flatMap(({ coverage }) => coverage.gaps.map(({ text }) => text));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/^(\d+) of \d+ terminations of container (\S+) in pod (\S+) were not captured/g),
  ]);
  return Math.max(0, ...found.filter(([, , name, of]) => name === container && of === pod).map(([, number]) => Number(number)));
}
