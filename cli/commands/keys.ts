import { Command, Option } from 'commander';
import type { Scope } from '#core/store-model.ts';
import { printNote, printResult } from '../output/print.ts';
import { formatKeys } from '../output/format-keys.ts';
import { openStore, withStoreOptions, type StoreOptions } from '../open-store.ts';

export function keysCommand(): Command {
  const command = new Command('keys').description('credentials of collectors and readers');
  for (const sub of [createCommand(), listCommand(), revokeCommand()]) command.addCommand(sub.exitOverride());
  return command;
}

interface CreateOptions extends StoreOptions {
  readonly cluster?: string;
  readonly allClusters?: boolean;
  readonly scope: 'read' | 'write' | 'both';
}

function createCommand(): Command {
  return withStoreOptions(new Command('create'))
    .description('make a key; it is shown once. Two of a cluster and scope can be active, so that one can take over from the other')
    .option('--cluster <name>', 'the cluster the key stands for')
    .option('--all-clusters', 'every cluster, for reading only')
    .addOption(new Option('--scope <scope>', 'what the key may do').choices(['read', 'write', 'both']).default('write'))
    .addHelpText('after', createExamples)
    .action(async ({ cluster, allClusters, scope, ...where }: CreateOptions, command: Command) => {
      if ((cluster === undefined) === (allClusters === undefined)) command.error('error: say either --cluster NAME or --all-clusters');
      const { issueKey } = await import('../../functions/usecases/issue-key.ts');
      const name = cluster ?? '*';
      await openStore(where, async (deps) => printResult(await issueKey(deps, name, scopesOf(scope))));
      printNote(
        `This key may ${verbs[scope]} ${cluster === undefined ? 'all clusters' : `cluster ${cluster}`}. It is stored as a hash and cannot be shown again.`,
      );
    });
}

const verbs = { read: 'read', write: 'write for', both: 'read and write for' };

const createExamples = `
Examples:
  MORTEM_KEY=$(mortem keys create --cluster prod-eu-1 --data ./data) mortem collect --server http://127.0.0.1:8417
  mortem keys create --all-clusters --scope read      for people and scripts that ask questions`;

function scopesOf(scope: CreateOptions['scope']): readonly Scope[] {
  return scope === 'both' ? ['read', 'write'] : [scope];
}

function listCommand(): Command {
  return withStoreOptions(new Command('list'))
    .description('all keys by id, never the keys themselves')
    .addOption(new Option('-o, --output <format>', 'form of the answer').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  mortem keys list --data ./data')
    .action(async ({ output, ...where }: StoreOptions & { readonly output: 'table' | 'json' }) => {
      await openStore(where, async ({ store }) => printResult(formatKeys(await store.apiKeys(), output)));
    });
}

function revokeCommand(): Command {
  return withStoreOptions(new Command('revoke'))
    .description('take a key out of use, from the next request on')
    .argument('<id>', 'as "mortem keys list" shows it')
    .addHelpText('after', rotationHelp)
    .action(async (id: string, where: StoreOptions) => {
      const [{ revokeKey }, { keyIdOf }] = await Promise.all([
        import('../../functions/usecases/revoke-key.ts'),
        import('../../functions/usecases/key-id.ts'),
      ]);
      await openStore(where, async (deps) => {
        const { keyHash, cluster } = await revokeKey(deps, id);
        printNote(`Key ${keyIdOf(keyHash)} of cluster ${cluster} is revoked.`);
      });
    });
}

const rotationHelp = `
To rotate: make a second key, give it to the collector, then revoke the first.
  mortem keys create --cluster prod-eu-1
  mortem keys list
  mortem keys revoke 3f9c1a2b4d5e`;
