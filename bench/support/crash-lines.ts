import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchEntry, type WatchEntry } from '../../replay/recording.ts';

const recording = join(import.meta.dirname, '..', '..', 'test', 'recordings', 's05-crash-missing-env', 'watch.jsonl');

/** The watch lines of one pod that dies for the first time: up to its running container, and the death. */
export interface Crash {
  readonly pod: string;
  readonly before: readonly WatchEntry[];
  readonly death: WatchEntry;
}

const recorded = readFileSync(recording, 'utf8')
  .trim()
  .split('\n')
  .map((line) => watchEntry.parse(JSON.parse(line)))
  .filter(({ resource }) => resource === 'pods');
const deathAt = recorded.findIndex(({ object }) => JSON.stringify(object).includes('"state":{"terminated"'));

/** The recorded crash as another pod of another workload, at the given time. */
export function crashOf(number: number, at: number): Crash {
  const [before, death] = [recorded.slice(0, deathAt), recorded[deathAt]];
  if (death === undefined) throw new Error('the recording has no death');
  const shift = at - death.at;
  const varied = (entry: WatchEntry, step: number): WatchEntry => {
    const text = JSON.stringify(entry.object)
      .replaceAll(/"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)"/g, (_, time: string) => `"${toSecond(Date.parse(time) + shift)}"`)
      .replaceAll('api-9dcb9b4bc', `api${number}-9dcb9b4bc`)
      .replaceAll(/containerd:\/\/[0-9a-f]{8}/g, `containerd://${String(number).padStart(8, '0')}`)
      .replaceAll(/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})-[0-9a-f]{12}/g, `$1-${String(number).padStart(12, '0')}`)
      .replace(/"resourceVersion":"\d+"/, `"resourceVersion":"${1_000_000 + number * 100 + step}"`);
    return { ...entry, at: entry.at + shift, object: watchEntry.shape.object.parse(JSON.parse(text)) };
  };
  const moved = varied(death, before.length);
  return { pod: moved.object.metadata.name ?? '', before: before.map(varied), death: moved };
}

function toSecond(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
