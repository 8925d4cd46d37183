import { isExpectedEnd } from '../history/expected-end.ts';
import { decidingContainers } from '../history/pod-facts.ts';
import type { ContainerHistory, Death } from '../history/container-history.ts';
import type { FoundSign } from '../rules/rule.ts';
import { isAboutMemory } from './is-about-memory.ts';
import { logOf } from '../history/log-of.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { formatInstant, instantOf, type Instant } from '../time/instant.ts';
import type { Coverage, Gap } from './incident.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What was seen against what must have happened, for the pods of one incident: restartCount proves deaths that no record shows.
 *
 * @param signs of the incident: the deaths they name count, an eviction's too
 */
export function countCoverage(workload: WorkloadHistory, signs: readonly FoundSign[], span: Span): Coverage {
  const pods = new Set(signs.flatMap((sign) => sign.podUid ?? []));
  const told = new Set(signs.flatMap((sign) => sign.deaths));
  const counted = workload.pods
    .filter((pod) => pods.has(pod.uid))
    .flatMap((pod) => decidingContainers(pod).map((container) => ({ pod, container, ...countEnds(pod, container, { span, told }) })));
  const seen = counted.reduce((sum, item) => sum + item.seen, 0);
  const missed = counted.filter((item) => item.missed > 0);
  return {
    terminationsSeen: seen,
    terminationsKnown: seen + missed.reduce((sum, item) => sum + item.missed, 0),
    gaps: [...missed.map((item) => missedGap(item)), ...missingLogs(workload, pods, span), ...coverageNotes(workload, signs, span)],
  };
}

/** Ends that belong to a failure: on-purpose stops and completions are neither seen nor missed. */
function countEnds(
  pod: PodHistory,
  container: ContainerHistory,
  { span, told }: { readonly span: Span; readonly told: ReadonlySet<string> },
): { seen: number; missed: number } {
  const deaths = container.deaths;
  const isSeen = (death: Death) =>
    told.has(death.key) ||
    (death.end.finishedAt >= span.from - 1000 && death.end.finishedAt <= span.to && !isExpectedEnd(pod, container, death));
  return {
    seen: deaths.filter(isSeen).length,
    missed: Math.max(0, container.knownEnds - deaths.length),
  };
}

function missedGap({ pod, container, seen, missed }: { pod: PodHistory; container: ContainerHistory; seen: number; missed: number }): Gap {
  return {
    kind: 'terminations-missed',
    text: `${missed} of ${seen + missed} terminations of container ${container.name} in pod ${pod.name} were not captured: restartCount proves them, no record shows them`,
  };
}

function missingLogs(workload: WorkloadHistory, pods: ReadonlySet<string>, span: Span): readonly Gap[] {
  return workload.pods
    .filter((pod) => pods.has(pod.uid))
    .flatMap((pod) =>
      decidingContainers(pod).flatMap((container) =>
        container.deaths
          .filter(
            (death) => !isExpectedEnd(pod, container, death) && death.end.finishedAt >= span.from - 1000 && death.end.finishedAt <= span.to,
          )
          // A process that never ran has no log to miss.
          .filter((death) => death.startedAt !== undefined && death.containerID !== undefined)
          .flatMap((death) => {
            const log = logOf(workload, pod.uid, death);
            if (log?.text !== undefined) return [];
            const why = log?.missing?.reason ?? 'no log record arrived';
            return [
              { kind: 'log-missing', text: `log of instance ${death.index} of container ${container.name} in pod ${pod.name}: ${why}` },
            ];
          }),
      ),
    );
}

const notable = new Set(['watch-gap', 'forbidden', 'log-skipped', 'events-suppressed', 'spool-dropped', 'backfilled']);

/** Memory samples are missed only where memory was the matter: most clusters do without them, and most incidents need none. */
const memorySamples = 'pods.metrics.k8s.io';

function coverageNotes(workload: WorkloadHistory, signs: readonly FoundSign[], span: Span): readonly Gap[] {
  const needsSamples = signs.some(isAboutMemory);
  return workload.coverage
    .filter((note) => notable.has(note.note) && concerns(workload, note.namespace))
    .filter(({ resource }) => needsSamples || resource !== memorySamples)
    .flatMap((note) => {
      const from = instantOf(note.from) ?? span.from;
      const to = instantOf(note.to) ?? from;
      // A missing permission lasts; everything else matters only while the incident did.
      if (note.note !== 'forbidden' && (to < span.from || from > span.to)) return [];
      const what = [note.note, note.resource, note.reason].filter((part) => part !== undefined).join(': ');
      return [{ kind: note.note, from: formatInstant(from), to: formatInstant(to), text: what }];
    });
}

function concerns(workload: WorkloadHistory, namespace: string | undefined): boolean {
  return namespace === undefined || namespace === workload.key.namespace;
}
