import type { Incident } from '#core/incident/incident.ts';
import { shortImage } from '#core/incident/image.ts';
import { objectName } from '#core/report/object-name.ts';
import { formatTable } from './print-table.ts';

/** `mortem get incidents`, newest last, as `kubectl get events` prints. */
export function formatIncidents(incidents: readonly Incident[], wide: boolean): string {
  const header = [
    'NAMESPACE',
    'WORKLOAD',
    'STATUS',
    'ONSET',
    'SYMPTOMS',
    'LAST IMAGE',
    'MITIGATION',
    'INCIDENT',
    ...(wide ? ['CLUSTER', 'PHASES', 'CAUSES', 'TERMINATIONS'] : []),
  ];
  return formatTable(
    header,
    incidents.map((incident) => toRow(incident, wide)),
  );
}

/** For a spreadsheet: a row for each incident. */
export function incidentsCsv(incidents: readonly Incident[]) {
  return {
    header: [
      'incident',
      'cluster',
      'namespace',
      'workload',
      'status',
      'settled',
      'onset',
      'recovered',
      'symptoms',
      'causes',
      'images',
      'mitigation',
      'deaths',
    ],
    rows: incidents.map(({ workload, chapters, ...incident }) => [
      incident.id,
      incident.cluster,
      incident.namespace,
      `${workload.kind}/${workload.name}`,
      incident.status,
      String(incident.settled),
      incident.onsetAt,
      incident.recoveredAt ?? '',
      distinct(chapters.map(({ symptom }) => symptom)),
      distinct(chapters.map(({ cause }) => cause)),
      distinct(chapters.flatMap(({ image }) => image?.ref ?? [])),
      incident.mitigation.kind,
      incident.coverage.terminationsKnown,
    ]),
  };
}

function distinct(values: readonly string[]): string {
  return [...new Set(values)].join(' ');
}

function toRow(incident: Incident, wide: boolean): readonly string[] {
  const { chapters, coverage } = incident;
  const image = chapters.findLast((chapter) => chapter.image !== undefined)?.image;
  const joined = (values: readonly string[]) => [...new Set(values)].join(' → ');
  return [
    incident.namespace,
    objectName(incident.workload.kind, incident.workload.name),
    incident.status === 'recovered' && !incident.settled ? 'recovered (not settled)' : incident.status,
    incident.onsetAt,
    joined(chapters.map((chapter) => chapter.symptom)),
    image === undefined ? '-' : shortImage(image),
    incident.mitigation.kind,
    incident.id,
    ...(wide
      ? [
          incident.cluster,
          joined(chapters.map((chapter) => chapter.phase)),
          joined(chapters.map((chapter) => chapter.cause)),
          `${coverage.terminationsSeen}/${coverage.terminationsKnown}`,
        ]
      : []),
  ];
}
