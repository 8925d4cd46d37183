import { Command } from 'commander';
import type { RollbackAudit } from '#core/audit/rollback-audit.ts';
import { openAnswers } from '../answers.ts';
import { exitCodes } from '../exit-code.ts';
import { workloadParameter } from '../input/workload-parameter.ts';
import { formatAudit } from '../output/format-audit.ts';
import { outputFormats, printAnswer } from '../output/print-answer.ts';
import { printNote } from '../output/print.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface AuditOptions extends QueryOptions {
  readonly image?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly exitCode?: boolean;
}

export function auditCommand(): Command {
  const rollbacks = withQueryOptions(new Command('rollbacks'), outputFormats)
    .argument('[target]', 'only this workload: deploy/NAME, sts/NAME, …')
    .description('what ran where and when, what failed on it, what replaced it, and whether that helped')
    .option('--image <image>', 'REPO, REPO:TAG, REPO@sha256:… or sha256:…; the digest counts first, and a match by tag only says so')
    .option('--since <time>', 'only workloads with such a rollout since: 30d before the latest record, or a time in RFC 3339')
    .option('--until <time>', 'and before this time, in RFC 3339')
    .option('--limit <workloads>', 'workloads to show, at most 100 (default: 20)')
    .option('--exit-code', 'end with 1 when something failed on a rollout that was asked for')
    .addHelpText(
      'after',
      '\nWithout a target and an image it shows every rollback, and what had failed before it in the same incident.\n\nExamples:\n  mortem audit rollbacks deploy/api -n shop\n  mortem audit rollbacks --image platform/api:2026-04-22\n  mortem audit rollbacks --image sha256:6f48f909fb53 -A -o wide\n  mortem audit rollbacks --since 30d',
    )
    .action(printAudit);
  return new Command('audit').description('what changes did').addCommand(rollbacks.exitOverride());
}

async function printAudit(target: string | undefined, options: AuditOptions): Promise<void> {
  const answers = await openAnswers(options, process.env);
  try {
    const { namespace, cluster, image, since, until, limit } = options;
    const audit = await answers.get('RollbackAudit', '/v1/audit/rollbacks', {
      namespace,
      cluster,
      image,
      since,
      until,
      limit,
      workload: workloadParameter(target),
    });
    printAnswer(options.output, {
      value: audit,
      names: audit.items.map(({ evidence }) => evidence),
      csv: csvOf(audit),
      table: (wide) => formatAudit(audit, wide),
      nothing: image === undefined ? 'No rollout found.' : `No rollout to ${image} found.`,
    });
    if (audit.note !== undefined) printNote(audit.note);
    if (audit.next !== undefined) printNote('There are more workloads: --limit shows up to 100, -n, --cluster and a target narrow.');
    const isNamed = image !== undefined || target !== undefined;
    if (isNamed && audit.items.length === 0) process.exitCode = exitCodes.noMatch;
    if (options.exitCode === true && audit.items.some(({ matched, failures }) => matched && failures.length > 0)) {
      process.exitCode = exitCodes.findings;
    }
  } finally {
    await answers.close();
  }
}

function csvOf({ items }: RollbackAudit) {
  return {
    header: [
      'at',
      'cluster',
      'namespace',
      'workload',
      'container',
      'revision',
      'kind',
      'from',
      'fromDigest',
      'to',
      'toDigest',
      'livedSeconds',
      'symptoms',
      'deaths',
      'endedAt',
      'verdict',
      'quietSeconds',
      'evidence',
    ],
    rows: items.map((item) => [
      item.at,
      item.cluster,
      item.namespace,
      `${item.workload.kind}/${item.workload.name}`,
      item.container,
      item.revision ?? '',
      item.kind,
      item.from?.ref ?? '',
      item.from?.digest ?? '',
      item.to.ref,
      item.to.digest ?? '',
      item.livedSeconds,
      item.failures.map(({ symptom }) => symptom).join(' '),
      item.failures.reduce((sum, { deaths }) => sum + deaths, 0),
      item.failures.flatMap(({ endedAt }) => endedAt ?? []).join(' '),
      item.replacedBy?.verdict ?? '',
      item.replacedBy?.quietSeconds ?? '',
      item.evidence,
    ]),
  };
}
