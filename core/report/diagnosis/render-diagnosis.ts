import type { DiagnosedFinding, Diagnosis } from '../../diagnosis/diagnosis.ts';
import { imageName } from '../../incident/image.ts';
import { bullets, fence, heading, paragraph, table, type Block, type Cell } from '../block.ts';
import { quote, words } from '../inline.ts';
import { objectName } from '../object-name.ts';
import { renderMarkdown } from '../render-markdown.ts';
import { nextCommands } from './next-commands.ts';

/** What `mortem diagnose -o md` prints: for an issue or a chat. */
export function renderDiagnosis({ now, findings }: Diagnosis): string {
  const primary = findings.filter((finding) => finding.secondary !== true);
  return renderMarkdown([
    heading(1, words('Diagnosis')),
    paragraph(words(`${countOf(primary.length)}, judged at ${now}. Every line below stands in a record of the input.`)),
    ...primary.flatMap(findingBlocks),
  ]);
}

function countOf(findings: number): string {
  if (findings === 0) return 'No failing pod found';
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function findingBlocks(finding: DiagnosedFinding): readonly Block[] {
  return [
    heading(2, quote(`${finding.namespace}/${objectName(finding.workload.kind, finding.workload.name)}`), words(`: ${finding.symptom}`)),
    paragraph(quote(finding.summary, 600)),
    table(['Fact', 'Value'], factRows(finding)),
    paragraph(words('Evidence:')),
    bullets(
      finding.evidence.map(({ id, source, path, text }) => [words(`${id} ${source} `), quote(path, 200), words(': '), quote(text, 300)]),
    ),
    paragraph(words('Look next:')),
    fence(nextCommands(finding).join('\n'), 'sh'),
  ];
}

function factRows(finding: DiagnosedFinding): readonly (readonly Cell[])[] {
  const { pod, container, containerRole = 'app', image, exitCode, restartCount, scope = [] } = finding;
  const row = (name: string, value: Cell): readonly Cell[] => [[words(name)], value];
  return [
    row('Phase', [words(`${finding.phase} (${finding.failurePoint})`)]),
    row('Cause', [words(`${finding.cause} (${finding.basis})`)]),
    ...scope.map(({ text, basis }) => row('Seen together', [quote(text, 400), words(` (${basis})`)])),
    ...(pod === undefined ? [] : [row('Pod', [quote(pod)])]),
    ...(container === undefined ? [] : [row('Container', [quote(container), words(` (${containerRole})`)])]),
    ...(image === undefined ? [] : [row('Image', [quote(imageName(image))])]),
    ...(exitCode === undefined ? [] : [row('Exit code', [words(String(exitCode))])]),
    ...(restartCount === undefined ? [] : [row('Restarts', [words(String(restartCount))])]),
  ];
}
