import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '#core/ports.ts';
import { replayRecording, type ReplayServer } from '../../cli/replay-recording.ts';
import { getTimeline } from '../../functions/usecases/get-timeline.ts';
import { startServer, type RunningServer } from '../../functions/serve.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { recordingDir } from './truth.ts';

/** A fault in a test is a failing test, not a line in its output. */
export const strictLogger: Logger = {
  info() {},
  warn() {},
  error(event, fields) {
    throw new Error(`${event} ${JSON.stringify(fields ?? {})}`);
  },
};

export function startTestServer({ databaseUrl }: { readonly databaseUrl?: string } = {}): Promise<RunningServer> {
  return startServer({
    databaseUrl,
    dataDir: mkdtempSync(join(tmpdir(), 'mortem-test-')),
    port: 0,
    host: '127.0.0.1',
    logger: strictLogger,
    openReads: true,
  });
}

/** Plays a recording through the real collector into the server, stored as the cluster of that name. */
export async function replayInto(server: ReplayServer, name: string): Promise<void> {
  await replayRecording({
    server,
    recording: await loadRecording(recordingDir(name)),
    cluster: name,
    pace: 'lockstep',
    logger: strictLogger,
  });
}

/** Every timeline of a replayed recording, oldest incident first. */
export async function timelinesOf(server: RunningServer, name: string): Promise<readonly string[]> {
  const { store } = server.deps;
  const incidents = (await store.incidents({ cluster: name })).toSorted((a, b) => (a.onsetAt < b.onsetAt ? -1 : 1));
  return Promise.all(incidents.map(async ({ id }) => (await getTimeline(server.deps, {}, id)).markdown));
}
