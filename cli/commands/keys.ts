import { Command } from 'commander';
import { defaultDataDir } from '../data-dir.ts';
import { printNote, printResult } from '../output/print.ts';

export function keysCommand(): Command {
  const create = new Command('create')
    .description('make a key with which a collector writes for one cluster; it is shown once')
    .requiredOption('--cluster <name>', 'the cluster the key stands for')
    .option('--data <dir>', 'the store of the server (default: the one of "mortem up")')
    .addHelpText(
      'after',
      '\nExample:\n  MORTEM_KEY=$(mortem keys create --cluster prod-eu-1 --data ./data) mortem collect --server http://127.0.0.1:8417',
    )
    .action(async ({ cluster, data }: { readonly cluster: string; readonly data?: string }) => {
      const [{ compose }, { createKey }] = await Promise.all([
        import('../../functions/compose.ts'),
        import('../../functions/usecases/create-key.ts'),
      ]);
      const deps = compose({ dataDir: data ?? defaultDataDir(process.env), logLevel: 'silent' });
      try {
        printResult(await createKey(deps, cluster));
        printNote(`This key writes for cluster ${cluster}. It is stored as a hash and cannot be shown again.`);
      } finally {
        await deps.close();
      }
    });
  return new Command('keys').description('credentials of collectors').addCommand(create.exitOverride());
}
