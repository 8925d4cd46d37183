import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { parsePort } from '../input/parse-port.ts';
import { printNote, printResult } from '../output/print.ts';
import { quietLogger } from '../quiet-logger.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface DemoOptions {
  readonly once?: boolean;
  readonly port: string;
}

const story = 's24-seed-story';

export function demoCommand(): Command {
  return new Command('demo')
    .description('replay a recorded incident through the real collector and server, and print its timeline; no cluster needed')
    .option('--once', 'end after printing instead of staying up')
    .option('--port <port>', 'port to listen on, 0 for any free one', '0')
    .addHelpText('after', '\nExamples:\n  mortem demo\n  mortem demo --once > timeline.md')
    .action(demo);
}

async function demo({ once = false, port }: DemoOptions): Promise<void> {
  const [{ startServer }, { loadRecording }, { replayRecording }] = await Promise.all([
    import('../../functions/serve.ts'),
    import('../../replay/load-recording.ts'),
    import('../replay-recording.ts'),
  ]);
  const recording = await loadRecording(storyDir());
  const dataDir = await mkdtemp(join(tmpdir(), 'mortem-demo-'));
  const server = await startServer({ dataDir, port: parsePort(port), host: '127.0.0.1', logger: quietLogger, openReads: true });
  try {
    printNote(
      `Replaying ${recording.entries.length} recorded watch lines of a real cluster: Kubernetes API → collector → HTTP → store → rules → Markdown …`,
    );
    await replayRecording({ server, recording, cluster: 'demo', pace: 'lockstep', logger: quietLogger });
    const id = await printTimelines(server);
    if (once) return;
    printNote(`\nRead it at ${server.url}/incidents/${id} (Ctrl-C ends the demo)`);
    await untilInterrupted();
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @returns the id of the newest incident */
async function printTimelines({ deps }: RunningServer): Promise<string> {
  const { getTimeline } = await import('../../functions/usecases/get-timeline.ts');
  const incidents = await deps.store.incidents({ cluster: 'demo' });
  for (const { id } of incidents) printResult((await getTimeline(deps, {}, id)).markdown);
  return incidents[0]?.id ?? '';
}

/** Beside the bundle's folder, in a clone as in an installed package. */
function storyDir(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [join(here, '..', 'test', 'recordings', story), join(here, '..', '..', 'test', 'recordings', story)].find((dir) =>
    existsSync(dir),
  );
  if (found === undefined)
    throw new MortemError(
      'not-found',
      `The recorded story (test/recordings/${story}) is not part of this installation. Run the demo in a clone of the repository.`,
    );
  return found;
}
