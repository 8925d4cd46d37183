import type { Recording, WatchEntry } from '../../replay/recording.ts';

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The same story, so many times slower: what dies after three seconds dies after a minute. Times within logs stay as they were. */
export function stretchRecording(recording: Recording, factor: number): Recording {
  const start = recording.startAt.getTime();
  const later = (at: number): number => Math.round(start + (at - start) * factor);
  const rewrite = (text: string): string => {
    const moved = new Date(later(Date.parse(text))).toISOString();
    return text.includes('.') ? moved : `${moved.slice(0, 19)}Z`;
  };
  const stretch = (entry: WatchEntry): WatchEntry => {
    const object = JSON.parse(JSON.stringify(entry.object).replace(time, rewrite)) as WatchEntry['object'];
    return { ...entry, at: later(entry.at), object };
  };
  return {
    ...recording,
    entries: recording.entries.map(stretch),
    errors: recording.errors.map((error) => ({ ...error, at: later(error.at) })),
    meta: recording.meta.map((entry) => ({ ...entry, at: later(entry.at) })),
    logs: recording.logs.map((log) => ({ ...log, at: later(log.at) })),
    endAt: new Date(later(recording.endAt.getTime())),
  };
}
