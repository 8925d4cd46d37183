import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import type { Observation } from '#core/wire/observation.ts';
import { storeConfig } from '../store-config.ts';
import { findSavedObjects } from '../input/find-saved-objects.ts';
import { readDumpedLogs } from '../input/read-dumped-logs.ts';
import { readObjects } from '../input/read-objects.ts';
import { toLogObservation } from '../input/to-log-observation.ts';
import { toObservations } from '../input/to-observations.ts';
import { printNote } from '../output/print.ts';
import { quietLogger } from '../quiet-logger.ts';
import { version } from '../version.ts';

interface ImportOptions {
  readonly data?: string;
  readonly cluster: string;
}

export function importCommand(): Command {
  return new Command('import')
    .description('load a "kubectl cluster-info dump" folder, a support bundle or saved JSON into the store')
    .argument('<path...>', 'folders or files')
    .option('--cluster <name>', 'name under which the cluster is stored', 'imported')
    .option('--data <dir>', 'folder of the store (default: the one of "mortem up")')
    .addHelpText(
      'after',
      '\nExamples:\n  kubectl cluster-info dump --all-namespaces --output-directory=dump && mortem import dump\n  mortem import pods.json events.json --cluster prod-eu-1 && mortem get incidents',
    )
    .action(importSaved);
}

/** Lines in one batch: well under the limits of the wire even with long logs. */
const batchLines = 200;

async function importSaved(paths: readonly string[], { data, cluster }: ImportOptions): Promise<void> {
  const files = await Promise.all(paths.map((path) => findSavedObjects(path)));
  const objects = (await Promise.all(files.flatMap(({ objects: found }) => found.map((path) => readObjects(path))))).flat();
  const { observations, ignored } = await toObservations(objects, cluster, new Date());
  const logs = await readAllLogs(
    files.flatMap(({ dumpedLogs }) => dumpedLogs.map(({ path }) => path)),
    observations,
  );
  const all = [...observations, ...logs];
  const [{ compose }, { acceptBatch }, { listIncidents }] = await Promise.all([
    import('../../functions/compose.ts'),
    import('../../functions/usecases/accept-batch.ts'),
    import('../../functions/usecases/list-incidents.ts'),
  ]);
  const deps = compose(storeConfig(data, process.env), { logger: quietLogger });
  try {
    for (let at = 0; at < all.length; at += batchLines) {
      const body = gzipSync(
        all
          .slice(at, at + batchLines)
          .map((item) => `${JSON.stringify(item)}\n`)
          .join(''),
      );
      await acceptBatch(deps, { cluster, collector: `import/${version}`, digest: createHash('sha256').update(body).digest('hex'), body });
    }
    await deps.idle();
    const { items } = await listIncidents(deps, {}, { cluster });
    printNote(
      `Imported ${all.length} records of cluster ${cluster}: ${items.length} incidents. See: mortem get incidents --cluster ${cluster}${data === undefined ? '' : ` --data ${data}`}`,
    );
    if (ignored.size > 0) printNote(`Not looked at: ${[...ignored].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  } finally {
    await deps.close();
  }
}

async function readAllLogs(paths: readonly string[], observations: readonly Observation[]): Promise<readonly Observation[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  const pods = observations.filter((item) => item.kind === 'pod');
  return texts.flatMap(readDumpedLogs).flatMap(({ namespace, pod: name, container: containerName, text }) => {
    const pod = pods.find((item) => item.namespace === namespace && item.name === name);
    const container = pod?.containers.find((item) => item.name === containerName);
    return pod === undefined || container === undefined ? [] : [toLogObservation(pod, container, { text, previous: false })];
  });
}
