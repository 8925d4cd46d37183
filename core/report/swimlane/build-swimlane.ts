import { imageOf } from '../../history/pod-facts.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Image, Rollout } from '../../incident/incident.ts';
import { buildTimeline } from '../../timeline/build-timeline.ts';
import type { Entry } from '../../timeline/entry.ts';
import { minute, second, type Instant } from '../../time/instant.ts';
import { podSegments } from './pod-segments.ts';
import type { Glyph, GlyphKind, Lane, LaneGroup, Line, Swimlane } from './swimlane.ts';

/** The picture of an incident: its pods over time, those beside the failing ones included. */
export function buildSwimlane(built: BuiltIncident): Swimlane {
  const rows = buildTimeline(built);
  const window = windowOf(built, rows);
  const pods = built.workload.pods.filter((pod) => pod.createdAt <= window.to && endOf(pod, built) >= window.from);
  return {
    ...window,
    onsetAt: built.group.onsetAt,
    groups: toGroups(built, pods, rows),
    lines: linesOf(built, rows).filter(({ at }) => at >= window.from && at <= window.to),
    ready: readyPoints(built, window),
    rows,
  };
}

/** From what led up to the incident to a while after it, so that the eye sees both calm sides. */
function windowOf({ group, workload }: BuiltIncident, rows: readonly Entry[]): { readonly from: Instant; readonly to: Instant } {
  const over = group.recoveredAt ?? group.endedAt ?? workload.now;
  const failing = new Set(group.signs.map((sign) => sign.podUid));
  const born = workload.pods.filter((pod) => failing.has(pod.uid)).map((pod) => pod.createdAt);
  const length = Math.max(minute, over - group.onsetAt);
  // A pod that ran for a week before it failed must not make its failure a hair line.
  const earliest = group.onsetAt - Math.max(5 * minute, length / 2);
  const first = Math.max(Math.min(group.onsetAt, ...born, ...rows.slice(0, 1).map(({ times }) => times[0])), earliest);
  const last = Math.min(workload.now, over + Math.max(30 * second, length / 5));
  const margin = Math.max(second, (last - first) / 50);
  return { from: first - margin, to: Math.max(last, first + second) + margin };
}

function endOf(pod: PodHistory, { workload }: BuiltIncident): Instant {
  return Math.min(pod.goneAt ?? Infinity, pod.terminalAt ?? Infinity, workload.now);
}

function toGroups(built: BuiltIncident, pods: readonly PodHistory[], rows: readonly Entry[]): readonly LaneGroup[] {
  const rowsOf = Map.groupBy(
    rows.map((entry, row) => ({ entry, row })),
    ({ entry }) => entry.object,
  );
  const groups = Map.groupBy(pods, (pod) => JSON.stringify([pod.latest.revisionHash ?? '', appImage(pod)?.digest ?? '']));
  return [...groups.values()].map((members) => {
    const [first] = members;
    const revisionHash = first?.latest.revisionHash;
    const revisions = built.rollouts.flatMap((rollout) => (rollout.revisionHash === revisionHash ? (rollout.revision ?? []) : []));
    const image = first === undefined ? undefined : appImage(first);
    return {
      revisions: revisionHash === undefined ? [] : revisions,
      lanes: members.map((pod) => toLane(built, pod, rowsOf.get(`pod/${pod.name}`) ?? [])),
      ...(revisionHash === undefined ? {} : { revisionHash }),
      ...(image === undefined ? {} : { image }),
    };
  });
}

function appImage(pod: PodHistory): Image | undefined {
  const app = pod.containers.find(({ role }) => role === 'app');
  return app === undefined ? undefined : imageOf(app.status);
}

type NumberedEntry = { readonly entry: Entry; readonly row: number };

function toLane(built: BuiltIncident, pod: PodHistory, rows: readonly NumberedEntry[]): Lane {
  const { workload, group } = built;
  const signs = group.signs.filter((sign) => sign.podUid === pod.uid);
  const failedAs = signs[0]?.symptom;
  const end = endOf(pod, built);
  return {
    uid: pod.uid,
    pod: pod.name,
    restarts: pod.containers.reduce((sum, { status }) => sum + (status.restartCount ?? 0), 0),
    segments: podSegments(pod, signs, workload.now),
    glyphs: rows
      // The name of a StatefulSet's pod comes again with another uid.
      .filter(({ entry }) => entry.times[0] >= pod.createdAt - minute && entry.times[0] <= end + minute)
      .flatMap(({ entry, row }) => glyphTimes(entry).map((at): Glyph => ({ at, row, kind: glyphKind(entry) }))),
    ...(failedAs === undefined ? {} : { failedAs }),
  };
}

/** A range is a segment already: its glyph marks where it began. */
function glyphTimes({ times, span, rank }: Entry): readonly Instant[] {
  return span === 'list' || (span === 'range' && rank === 1 && times.length > 2) ? times : [times[0]];
}

function glyphKind({ rank, phase }: Entry): GlyphKind {
  if (rank === 1) return phase === 'running' || phase === 'startup' || phase === 'init' || phase === 'termination' ? 'death' : 'failure';
  return rank === 2 || rank === 3 ? 'ready' : 'event';
}

function linesOf({ rollouts, incident, group }: BuiltIncident, rows: readonly Entry[]): readonly Line[] {
  const rowOf = (evidence: string | undefined) => {
    const row = rows.findIndex((entry) => entry.rank === 0 && entry.evidence[0] === evidence);
    return row === -1 ? {} : { row };
  };
  const { mitigation } = incident;
  const isMitigation = (rollout: Rollout) => mitigation.kind !== 'none' && mitigation.evidence.includes(rollout.evidence);
  const changes = rollouts.map((rollout): Line => {
    const [image] = rollout.images;
    return {
      at: Date.parse(rollout.at),
      kind: isMitigation(rollout) ? 'mitigation' : 'rollout',
      label: rollout.kind,
      evidence: rollout.evidence,
      ...rowOf(rollout.evidence),
      ...(rollout.revision === undefined ? {} : { revision: rollout.revision }),
      ...(image === undefined ? {} : { image }),
    };
  });
  const other: Line[] =
    mitigation.at === undefined || mitigation.kind === 'none' || rollouts.some(isMitigation)
      ? []
      : [
          {
            at: Date.parse(mitigation.at),
            kind: 'mitigation',
            label: mitigation.kind,
            ...(mitigation.evidence[0] === undefined ? {} : { evidence: mitigation.evidence[0] }),
          },
        ];
  const over = group.recoveredAt ?? group.endedAt;
  const end: Line[] =
    over === undefined ? [] : [{ at: over, kind: 'recovery', label: group.recoveredAt === undefined ? 'ended' : 'recovered' }];
  return [{ at: group.onsetAt, kind: 'onset' as const, label: 'onset' as const }, ...changes, ...other, ...end].toSorted(
    (a, b) => a.at - b.at,
  );
}

function readyPoints({ health }: BuiltIncident, window: { readonly from: Instant; readonly to: Instant }): Swimlane['ready'] {
  const inForce = health.findLast(({ at }) => at <= window.from);
  const points = [
    ...(inForce === undefined ? [] : [{ ...inForce, at: window.from }]),
    ...health.filter(({ at }) => at > window.from && at <= window.to),
  ];
  return points
    .map(({ at, ready, wanted }) => ({ at, ready, ...(wanted === undefined ? {} : { wanted }) }))
    .filter((point, index, all) => point.ready !== all[index - 1]?.ready || point.wanted !== all[index - 1]?.wanted);
}
