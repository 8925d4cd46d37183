import { Argument, Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { trendBuckets, trendGroupings, trendSubjects, type Trend } from '#core/trends/trend.ts';
import { openAnswers } from '../answers.ts';
import { exitCodes } from '../exit-code.ts';
import { workloadParameter } from '../input/workload-parameter.ts';
import { formatTrend } from '../output/format-trend.ts';
import { printAnswer, outputFormats } from '../output/print-answer.ts';
import { printNote } from '../output/print.ts';
import { sparklineStyle } from '../output/sparkline.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface TrendOptions extends QueryOptions {
  readonly by?: string;
  readonly bucket?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly max?: string;
  readonly exitCode?: boolean;
}

export function trendsCommand(): Command {
  return withQueryOptions(new Command('trends'), outputFormats)
    .addArgument(new Argument('<of>', 'what to count').choices(trendSubjects))
    .argument('[target]', 'only this workload: deploy/NAME, sts/NAME, …')
    .description('count deaths and waits over weeks and months: new and worsening ones first, with limits and rollouts')
    .option('--by <grouping>', `${trendGroupings.join(', ')} (default: workload)`)
    .option('--bucket <length>', `${trendBuckets.join(', ')} (default: 1d); a death counts in the bucket in which it finished`)
    .option('--since <time>', '90d before the latest record, or a time in RFC 3339 (default: 30d)')
    .option('--until <time>', 'a time in RFC 3339 (default: the latest record)')
    .option('--limit <groups>', 'groups to show, at most 100 (default: 20)')
    .option('--max <count>', 'with --exit-code: how many are still fine (default: 0)')
    .option('--exit-code', 'end with 1 when more than --max were counted')
    .addHelpText('after', help)
    .action(printTrend);
}

const help = `
What is counted:
  oomkilled    deaths that Kubernetes calls OOMKilled
  memory       these and every other memory death: of a heap, of the node, suspected ones, evictions
  restarts     every unexpected death
  image-pull   pods whose image could not be pulled
  pending      pods that could not be scheduled

Examples:
  mortem trends oomkilled --since 90d
  mortem trends oomkilled deploy/api -n shop --since 12w --bucket 1w
  mortem trends memory --by image --since 30d -o wide
  mortem trends restarts -n shop --since 1d --max 5 --exit-code     # a gate for a pipeline`;

async function printTrend(of: (typeof trendSubjects)[number], target: string | undefined, options: TrendOptions): Promise<void> {
  const max = parseMax(options.max);
  const answers = await openAnswers(options, process.env);
  try {
    const { namespace, cluster, by, bucket, since, until, limit } = options;
    const trend = await answers.get('Trend', `/v1/trends/${of}`, {
      namespace,
      cluster,
      by,
      bucket,
      since,
      until,
      limit,
      workload: workloadParameter(target),
    });
    const bars = sparklineStyle(process.stdout.isTTY, process.env);
    printAnswer(options.output, {
      value: trend,
      names: trend.items.map(({ key }) => key),
      csv: csvOf(trend),
      table: (wide) => formatTrend(trend, { wide, bars }),
      nothing: `Nothing of ${of} from ${trend.since} to ${trend.until}.`,
    });
    if (trend.groups > trend.items.length)
      printNote(`${trend.groups - trend.items.length} more groups: --limit ${Math.min(100, trend.groups)} shows more.`);
    if (trend.total > max) {
      if (options.max !== undefined) printNote(`${trend.total} are more than ${max}.`);
      if (options.exitCode === true) process.exitCode = exitCodes.findings;
    }
  } finally {
    await answers.close();
  }
}

function parseMax(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new MortemError('usage', `"${text}" is no count. Use --max 0, --max 10 or so.`);
}

/** One line for each bucket of each group: what spreadsheets pivot. */
function csvOf({ items, buckets }: Trend) {
  return {
    header: ['key', 'cluster', 'namespace', 'workload', 'container', 'image', 'digest', 'node', 'bucket', 'count'],
    rows: items.flatMap(({ key, cluster = '', namespace = '', workload, container = '', image, node = '', counts }) =>
      counts.map((count, index) => [
        key,
        cluster,
        namespace,
        workload === undefined ? '' : `${workload.kind}/${workload.name}`,
        container,
        image?.ref ?? '',
        image?.digest ?? '',
        node,
        buckets[index] ?? '',
        count,
      ]),
    ),
  };
}
