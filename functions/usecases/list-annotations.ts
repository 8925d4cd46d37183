import { shortImage } from '#core/incident/image.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { LedgerScope, LedgerStore } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { IncidentStore } from '#core/ports.ts';
import { objectName } from '#core/report/object-name.ts';
import { dataTime } from './data-time.ts';
import { narrowScope } from './narrow-scope.ts';
import type { ReadScope } from './read-scope.ts';

/** What Grafana draws over a panel: a line, or a region where there is an end. Times are epoch milliseconds. */
export interface Annotation {
  readonly time: number;
  readonly timeEnd?: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
}

export interface AnnotationQuery extends LedgerScope {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

export interface AnnotationDeps {
  readonly ledger: Pick<LedgerStore, 'rollouts' | 'watermarks'>;
  readonly store: Pick<IncidentStore, 'incidents'>;
}

/** Rollouts of a span as lines, and incidents that touch it as regions, oldest first. */
export async function listAnnotations(
  { ledger, store }: AnnotationDeps,
  scope: ReadScope,
  query: AnnotationQuery,
): Promise<readonly Annotation[]> {
  const narrowed = narrowScope(scope, query);
  if (narrowed === undefined) return [];
  const { from, to, ...place } = narrowed;
  const rollouts = await ledger.rollouts({
    ...place,
    ...(from === undefined ? {} : { since: from }),
    ...(to === undefined ? {} : { until: to }),
  });
  const incidents = await store.incidents({
    ...place,
    ...(from === undefined ? {} : { since: from }),
    // The newest that began before the end of the span, however many have begun since.
    ...(to === undefined ? {} : { after: { onsetAt: to - 1, id: '' } }),
  });
  const time = await dataTime(ledger, narrowed.cluster);
  return [...rollouts.map(ofRollout), ...incidents.map((incident) => ofIncident(incident, time.of(incident.cluster)))].toSorted(
    (a, b) => a.time - b.time,
  );
}

function ofRollout({ at, kind, from, to, memoryLimitFrom, memoryLimit, ...place }: RolloutRecord): Annotation {
  const image = `${from === undefined ? '' : `${shortImage(from)} → `}${shortImage(to)}`;
  const limit =
    memoryLimit === memoryLimitFrom || from === undefined ? '' : `, limit ${memoryLimitFrom ?? 'none'} → ${memoryLimit ?? 'none'}`;
  return {
    time: Date.parse(at),
    title: `${kind} of ${nameOf(place)}`,
    text: `${place.container}: ${image}${limit}`,
    tags: ['mortem', kind, ...tagsOf(place)],
  };
}

/** @param through latest data time of its cluster: so far an open incident is known to last */
function ofIncident(incident: Incident, through: number): Annotation {
  const { status, recoveredAt, chapters } = incident;
  const lastFailure = Math.max(...chapters.map(({ lastAt }) => Date.parse(lastAt)));
  const end = recoveredAt !== undefined ? Date.parse(recoveredAt) : status === 'open' ? through : lastFailure;
  const symptoms = [...new Set(incident.chapters.map(({ symptom }) => symptom))];
  return {
    time: Date.parse(incident.onsetAt),
    title: `${symptoms.join(', ')} of ${nameOf(incident)}`,
    text: `${incident.id}: ${incident.chapters.map(({ summary }) => summary).join(' ')}`,
    tags: ['mortem', 'incident', status, ...symptoms, ...tagsOf(incident)],
    timeEnd: Math.max(end, Date.parse(incident.onsetAt)),
  };
}

type Place = Pick<Incident, 'cluster' | 'namespace' | 'workload'>;

function nameOf({ namespace, workload }: Place): string {
  return `${namespace}/${objectName(workload.kind, workload.name)}`;
}

function tagsOf({ cluster, namespace, workload }: Place): readonly string[] {
  return [`cluster:${cluster}`, `namespace:${namespace}`, `workload:${objectName(workload.kind, workload.name)}`];
}
