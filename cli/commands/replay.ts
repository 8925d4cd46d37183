import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import { printNote } from '../output/print.ts';
import { createProgress } from '../output/progress.ts';
import { printIncidents } from './get.ts';
import { quietLogger } from '../quiet-logger.ts';

interface ReplayOptions {
  readonly data?: string;
  readonly output?: string;
  readonly speed?: string;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('drive the whole pipeline from recorded incidents: a replayed Kubernetes API, the real collector, the real server')
    .argument('<recording...>', 'folders with watch.jsonl, meta.jsonl and logs/')
    .option('--data <dir>', 'keep the store in this folder (default: an empty one that is thrown away)')
    .option('--speed <times>', 'play at N times the recorded speed (default: as fast as possible)')
    .option('-o, --output <format>', 'json, yaml, wide, name or csv')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem replay test/recordings/s24-seed-story\n  mortem replay test/recordings/* -o json\n  mortem replay REC --data ./data && mortem timeline deploy/payments-api --data ./data',
    )
    .action(replay);
}

async function replay(paths: readonly string[], options: ReplayOptions): Promise<void> {
  const [{ startServer }, { loadRecording }, { replayRecording }] = await Promise.all([
    import('../../functions/serve.ts'),
    import('../../replay/load-recording.ts'),
    import('../replay-recording.ts'),
  ]);
  const pace = options.speed === undefined ? 'lockstep' : { times: parseSpeed(options.speed) };
  const recordings = await Promise.all(paths.map((path) => loadRecording(path)));
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'mortem-replay-')));
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: quietLogger, openReads: true });
  const progress = createProgress(recordings.length, 'recordings replayed');
  try {
    for (const [index, recording] of recordings.entries()) {
      await replayRecording({ server, recording, cluster: clusterName(paths[index] ?? '', index), pace, logger: quietLogger });
      progress.step();
    }
    progress.end();
    printIncidents(await oldestFirst(server.deps.store), options.output);
    if (options.data !== undefined) printNote(`The store is kept in ${dataDir}`);
  } finally {
    progress.end();
    await server.close();
    if (options.data === undefined) await rm(dataDir, { recursive: true, force: true });
  }
}

/** Each recording is a cluster of its own: their times have nothing to do with each other. */
function clusterName(path: string, index: number): string {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 63);
  return name === '' ? `recording-${index + 1}` : name;
}

async function oldestFirst(store: Pick<IncidentStore, 'incidents'>): Promise<readonly Incident[]> {
  const items = await store.incidents({ limit: 10_000 });
  return items.toSorted((a, b) => (a.onsetAt < b.onsetAt ? -1 : 1));
}

function parseSpeed(text: string): number {
  const times = Number(text);
  if (times > 0 && Number.isFinite(times)) return times;
  throw new MortemError('usage', `"${text}" is no speed. Use 1 for the recorded speed, 10 for ten times as fast.`);
}
