import type { IncidentQuery } from '../store-model.ts';
import type { Incident } from './incident.ts';

/** What an index can only narrow: whether the pod or the text really is one of the incident's own words. */
export function matchesIncident({ pod, text }: Pick<IncidentQuery, 'pod' | 'text'>, incident: Incident): boolean {
  if (pod !== undefined && !incident.chapters.some(({ pods }) => pods.includes(pod))) return false;
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return wordsOf(incident).some((word) => word.toLowerCase().includes(wanted));
}

function wordsOf({ id, cluster, namespace, workload, mitigation, chapters }: Incident): readonly string[] {
  return [
    id,
    cluster,
    namespace,
    workload.kind,
    workload.name,
    mitigation.kind,
    ...chapters.flatMap(({ symptom, reason, phase, cause, summary, container, image, pods }) => [
      symptom,
      reason,
      phase,
      cause,
      summary,
      container ?? '',
      image?.ref ?? '',
      image?.digest ?? '',
      ...pods,
    ]),
  ];
}
