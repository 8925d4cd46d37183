import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startApiServer } from '../../replay/api-server.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { recordings } from './small-recording.ts';

interface Recorded {
  at: string;
  pod: string;
  container: string;
  previous: boolean;
  status: number;
  bytes: number;
  contentType: string;
  body?: string;
  file?: string;
}

/** The index and the files as they lie on disk, not as the loader understood them. */
function recordedAnswers(folder: string): readonly (Recorded & { expected: Buffer })[] {
  const text = readFileSync(join(folder, 'logs', 'index.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => {
      const answer: Recorded = JSON.parse(one);
      return {
        ...answer,
        expected: answer.file === undefined ? Buffer.from(answer.body ?? '') : readFileSync(join(folder, 'logs', answer.file)),
      };
    });
}

/** Asks again for everything that was asked, each at its own moment; returns what differs. */
async function differences(name: string): Promise<{ asked: number; different: readonly string[] }> {
  const folder = join(recordings, name);
  const recording = await loadRecording(folder);
  const clock = createReplayClock(recording.startAt);
  const server = await startApiServer({ recordings: [recording], clock });
  const namespace = recording.entries.find((entry) => entry.object.metadata.namespace !== undefined)!.object.metadata.namespace!;
  const answers = recordedAnswers(folder);
  const different: string[] = [];
  let played = 0;
  for (const answer of answers) {
    const at = Date.parse(answer.at);
    for (; played < recording.entries.length && recording.entries[played]!.at <= at; played++) server.emit(recording.entries[played]!);
    clock.advanceTo(new Date(at));
    const { pod, container, previous } = answer;
    const response = await fetch(
      `${server.url}/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&previous=${previous}&timestamps=true`,
    );
    const body = Buffer.from(await response.arrayBuffer());
    const isSame =
      response.status === answer.status && response.headers.get('content-type') === answer.contentType && body.equals(answer.expected);
    if (!isSame)
      different.push(`${answer.at} ${container} previous=${previous} ${answer.bytes}: ${response.status} ${body.toString().slice(0, 36)}`);
  }
  await server.close();
  return { asked: answers.length, different };
}

describe('every recorded answer of the log API is given again when asked at its own moment', () => {
  test('s24: image, secret and OOM chapters', async () => {
    expect(await differences('s24-seed-story')).toEqual({ asked: 37, different: [] });
  });

  test('s20: errors in a 200 and two containers', async () => {
    expect(await differences('s20-sidecar-crash')).toEqual({ asked: 21, different: [] });
  });

  test('in all recordings; where only the length of an answer is known, the words of a collected log stand for it', async () => {
    const names = readdirSync(recordings).toSorted();
    const different: string[] = [];
    let asked = 0;
    for (const name of names) {
      const result = await differences(name);
      asked += result.asked;
      different.push(...result.different.map((one) => `${name} ${one}`));
    }
    expect(asked).toBe(372);
    expect(different).toEqual([
      's05-crash-missing-env 2026-11-22T11:03:57.161Z api previous=true 300: 200 unable to retrieve container logs fo',
      's05-crash-missing-env 2026-11-22T11:04:11.947Z api previous=true 300: 200 unable to retrieve container logs fo',
    ]);
  });
});
