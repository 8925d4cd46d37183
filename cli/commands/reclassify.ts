import { Command } from 'commander';
import { objectName } from '#core/report/object-name.ts';
import { storeConfig } from '../store-config.ts';
import { printNote, printResult } from '../output/print.ts';
import { formatTable } from '../output/print-table.ts';
import { createProgress, type Progress } from '../output/progress.ts';

interface ReclassifyCommandOptions {
  readonly data?: string;
  readonly dryRun?: boolean;
}

export function reclassifyCommand(): Command {
  return new Command('reclassify')
    .description('run the rules again over everything that is stored, and print what they say differently')
    .option('--data <dir>', 'folder of the store (default: the one of "mortem up")')
    .option('--dry-run', 'compare only, change nothing')
    .addHelpText('after', '\nExamples:\n  mortem reclassify --dry-run\n  mortem reclassify --data ./data')
    .action(run);
}

async function run({ data, dryRun = false }: ReclassifyCommandOptions): Promise<void> {
  const [{ compose }, { reclassify }] = await Promise.all([
    import('../../functions/compose.ts'),
    import('../../functions/usecases/reclassify.ts'),
  ]);
  const deps = compose(storeConfig(data, process.env));
  let progress: Progress | undefined;
  let seen = 0;
  try {
    const changes = await reclassify(deps, {
      save: !dryRun,
      onProgress: (_done, total) => {
        progress ??= createProgress(total, 'workloads');
        progress.step();
        seen = total;
      },
    });
    progress?.end();
    const rows = changes.map(({ workload, before, after }) => [
      workload.cluster,
      workload.namespace,
      objectName(workload.kind, workload.name),
      before.join(' | ') || 'silent',
      after.join(' | ') || 'silent',
    ]);
    if (rows.length > 0) printResult(formatTable(['CLUSTER', 'NAMESPACE', 'WORKLOAD', 'BEFORE', 'NOW'], rows));
    printNote(`${changes.length} of ${seen} workloads are judged differently${dryRun ? '; nothing was changed' : ''}.`);
  } finally {
    progress?.end();
    await deps.close();
  }
}
