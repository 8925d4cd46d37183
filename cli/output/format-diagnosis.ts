import type { DiagnosedFinding, Diagnosis } from '#core/diagnosis/diagnosis.ts';
import { imageName } from '#core/incident/image.ts';
import { nextCommands } from '#core/report/diagnosis/next-commands.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { objectName } from '#core/report/object-name.ts';
import { formatTable } from './print-table.ts';

/** For a terminal: symptom → phase → cause, the evidence, and the commands to run next. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const primary = diagnosis.findings.filter((finding) => finding.secondary !== true);
  if (primary.length === 0) return `No failing pod found (judged at ${diagnosis.now}).`;
  return primary.map(formatFinding).join('\n\n');
}

function formatFinding(finding: DiagnosedFinding): string {
  const { namespace, workload, pod, container } = finding;
  const place = [
    `${namespace}/${objectName(workload.kind, workload.name)}`,
    pod === undefined ? '' : `pod ${pod}`,
    container === undefined ? '' : `container ${container}`,
  ];
  const evidence = finding.evidence
    .slice(0, 4)
    .map((item) => `  ${item.id.slice(0, 11)}  ${item.source} ${item.path}  ${visibleLine(item.text, 160)}`);
  return [
    visibleLine(place.filter((part) => part !== '').join(' · '), 200),
    `  ${finding.symptom} → ${finding.phase} → ${finding.cause} (${finding.basis})${finding.image === undefined ? '' : ` · image ${visibleLine(imageName(finding.image), 100)}`}`,
    `  ${visibleLine(finding.summary, 400)}`,
    ...(finding.scope ?? []).map((fact) => `  ${visibleLine(`Seen together (${fact.basis}): ${fact.text}`, 400)}`),
    'evidence',
    ...evidence,
    'look next',
    ...nextCommands(finding).map((command) => `  ${visibleLine(command, 300)}`),
  ].join('\n');
}

/** One line a finding, for many pods. */
export function formatDiagnosisWide({ findings }: Diagnosis): string {
  const rows = findings.map((finding) => [
    finding.namespace,
    objectName(finding.workload.kind, finding.workload.name),
    finding.pod ?? '-',
    finding.container ?? '-',
    finding.symptom,
    finding.phase,
    finding.cause,
    finding.basis,
    finding.image === undefined ? '-' : imageName(finding.image),
    String(finding.restartCount ?? '-'),
  ]);
  return formatTable(['NAMESPACE', 'WORKLOAD', 'POD', 'CONTAINER', 'SYMPTOM', 'PHASE', 'CAUSE', 'BASIS', 'IMAGE', 'RESTARTS'], rows);
}
