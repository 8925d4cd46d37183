import { Command } from 'commander';
import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import { MortemError } from '#core/errors.ts';
import { renderDiagnosis } from '#core/report/diagnosis/render-diagnosis.ts';
import { exitCodes } from '../exit-code.ts';
import { readLogs } from '../input/read-logs.ts';
import { readObjects } from '../input/read-objects.ts';
import { toObservations } from '../input/to-observations.ts';
import { formatDiagnosis, formatDiagnosisWide } from '../output/format-diagnosis.ts';
import { printJson, printNote, printResult, printYaml } from '../output/print.ts';

interface DiagnoseOptions {
  readonly filename: readonly string[];
  readonly logs?: string;
  readonly now?: string;
  readonly output?: string;
  readonly exitCode?: boolean;
}

export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .description('say what fails in what kubectl printed, without a store')
    .requiredOption('-f, --filename <file...>', 'JSON or YAML of "kubectl get pod,events,… -o json"; - for standard input')
    .option('--logs <dir>', 'folder with <pod>.<container>.log and <pod>.<container>.previous.log')
    .option('--now <time>', 'judge from this moment, RFC 3339 (default: the newest time in the input)')
    .option('-o, --output <format>', 'json, yaml, md or wide')
    .option('--exit-code', 'end with 1 when something fails')
    .addHelpText(
      'after',
      '\nExamples:\n  kubectl get pod,events -o json | mortem diagnose -f -\n  kubectl get pod,events,rs,deploy -A -o json > all.json && mortem diagnose -f all.json -o wide\n  mortem diagnose -f pod.yaml -f events.json --logs ./logs -o json',
    )
    .action(diagnose);
}

async function diagnose(options: DiagnoseOptions): Promise<void> {
  const objects = (await Promise.all(options.filename.map((file) => readObjects(file)))).flat();
  const { observations, ignored } = await toObservations(objects, 'input', new Date());
  const pods = observations.filter((item) => item.kind === 'pod');
  if (ignored.size > 0) printNote(`Not looked at: ${[...ignored].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  if (observations.length === 0) printNote('There is no Pod in the input. Try: kubectl get pod,events -o json | mortem diagnose -f -');
  const logs = options.logs === undefined ? [] : await readLogs(options.logs, pods);
  const diagnosis = buildDiagnosis([...observations, ...logs], momentOf(options.now, observations));
  switch (options.output) {
    case 'json':
      printJson(diagnosis);
      break;
    case 'yaml':
      printYaml(diagnosis);
      break;
    case 'md':
      printResult(renderDiagnosis(diagnosis).trimEnd());
      break;
    case 'wide':
      printResult(formatDiagnosisWide(diagnosis));
      break;
    case undefined:
      printResult(formatDiagnosis(diagnosis));
      break;
    default:
      throw new MortemError('usage', `"${options.output}" is no output format. Use json, yaml, md or wide.`);
  }
  if (options.exitCode === true && diagnosis.findings.length > 0) process.exitCode = exitCodes.findings;
}

function momentOf(now: string | undefined, observations: readonly { readonly observedAt: string }[]): number {
  if (now === undefined) return Math.max(0, ...observations.map((item) => Date.parse(item.observedAt)));
  const at = Date.parse(now);
  if (Number.isNaN(at)) throw new MortemError('usage', `"${now}" is no moment. Use RFC 3339, for example 2026-05-03T14:00:00Z.`);
  return at;
}
