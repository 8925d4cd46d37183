import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayRecording } from '../../cli/replay-recording.ts';
import { getDraft } from '../../functions/usecases/get-draft.ts';
import { getTimeline } from '../../functions/usecases/get-timeline.ts';
import { listTerminations } from '../../functions/usecases/list-ledger.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import type { Recording } from '../../replay/recording.ts';
import { strictLogger, startTestServer } from '../support/replayed.ts';
import { stretchRecording } from '../support/stretch-recording.ts';
import { recordingDir } from '../support/truth.ts';

/** A container that is killed at 64 MiB, once a minute instead of every three seconds, in a cluster that has metrics-server. */

const mebibyte = 2 ** 20;
let server: RunningServer;
let recording: Recording;
beforeAll(async () => {
  server = await startTestServer();
  recording = stretchRecording(await loadRecording(recordingDir('s12-oom-main')), 20);
});
afterAll(() => server.close());

/** When the instance began that ran at a moment. */
function startedBefore({ entries }: Recording, at: Date): number {
  const starts = entries.flatMap(({ object }) => [...JSON.stringify(object).matchAll(/"running":\{"startedAt":"([^"]+)"/g)]);
  return Math.max(...starts.map(([, start = '']) => Date.parse(start)).filter((start) => start <= at.getTime()));
}

async function replayed(cluster: string, measured: boolean) {
  await replayRecording({
    server,
    recording,
    cluster,
    pace: 'lockstep',
    logger: strictLogger,
    ...(measured && {
      // One MiB a second from its start on.
      measure: (_: unknown, at: Date) => Math.min(64, (at.getTime() - startedBefore(recording, at)) / 1000 + 2) * mebibyte,
    }),
  });
  const [incident] = await server.deps.store.incidents({ cluster });
  const [timeline, draft] = [await getTimeline(server.deps, {}, incident!.id), await getDraft(server.deps, {}, incident!.id)];
  return { incident: incident!, timeline: timeline.markdown, draft: draft.parts[0] };
}

const linesWith = (markdown: string, word: string): readonly string[] => markdown.split('\n').filter((line) => line.includes(word));

test('timeline and draft show what was used before the kills', async () => {
  const { timeline, draft, incident } = await replayed('measured', true);
  expect(timeline).toMatch(/\| `cache-[^|]+\/cache` \|.*\| 52 MiB, 81 % of the limit, from 37 MiB \(2 samples\) \[EV-[0-9a-f]{8}\]/);
  expect(linesWith(timeline, 'Memory samples')).toEqual(['- Memory samples before the kills: for 4 of 4 attempts.']);
  expect(draft).toMatch(/The highest memory sample before a kill is 52 MiB, 81 % of the limit `64Mi` \[EV-[0-9a-f]{8}\]/);
  const { items } = await listTerminations({ ledger: server.deps.ledger }, {}, { cluster: 'measured', limit: 10 });
  expect(items.map(({ peakBytes = 0 }) => Math.round(peakBytes / mebibyte))).toEqual([42, 32, 52, 52]);
  expect(incident).toMatchObject({ chapters: [{ symptom: 'OOMKilled' }], coverage: { gaps: [] } });
});

test('without metrics-server they say that there is none', async () => {
  const { timeline, draft } = await replayed('bare', false);
  expect(linesWith(timeline, 'Memory samples')).toEqual([
    '- Memory samples before the kills: for 0 of 4 attempts, the cluster offered none.',
  ]);
  expect(draft).not.toContain('memory sample before a kill');
});
