import type { Compacted } from '#core/ports.ts';
import type { OpenDatabase } from '../database.ts';
import { hourOf } from '../hour.ts';
import { mergeRecords } from '../merge-records.ts';
import { unpackObservation } from '../observation-body.ts';
import { finishHour, readChangedHour, takeHour } from './changed-hours.ts';
import { readCrowdedSubjects, readOldRows, type Subject } from './crowded-subjects.ts';
import { readSmallSegments } from './read-segments.ts';
import { encodeSegment } from './segment-body.ts';
import { writeSegment, type RecordRow } from './write-segment.ts';

/** What comes late can touch a row until then for the price of a row; a segment it would duplicate. */
const settledHours = 2;
/** Each costs a look at its records. */
const hoursPerRound = 48;

/** Fewer share too little. */
const leastRecords = 48;
/** As many rows at once, and a segment of as many is made again with them: 256 in all, since more make reading one dear. */
const smallRecords = 128;
/** Of what rows hold: a reader has several times that in its hands. */
const mostCharacters = 1_000_000;

/**
 * Compacts the records of objects that have many, hour by hour of data time. An hour is looked at when it is over, and again
 * only when something came late: what is stored and stays as it is costs nothing. Nothing is held between two steps: a crash
 * leaves rows or segments, both of which read, and hours that are looked at once more.
 *
 * @param now of the server, epoch milliseconds
 * @param limit of segments to be written
 */
export async function compactObservations(database: OpenDatabase, now: number, limit: number): Promise<Compacted> {
  const { read, transact } = database;
  const until = hourOf(now) - settledHours;
  let after = -1;
  let segments = 0;
  let records = 0;
  for (let seen = 0; seen < hoursPerRound; seen += 1) {
    const behind = after;
    const hour = await read((connection) => readChangedHour(connection, { after: behind, until }));
    if (hour === undefined) return { segments, records, more: false };
    await transact((tx) => takeHour(tx, hour));
    for (const subject of await read((connection) => readCrowdedSubjects(connection, { hour, until, atLeast: leastRecords }))) {
      for (let size = await compactSubject(database, subject, until); size > 0; size = await compactSubject(database, subject, until)) {
        segments += 1;
        records += size;
        if (segments >= limit) return { segments, records, more: true };
      }
    }
    await transact((tx) => finishHour(tx, hour));
    after = hour;
  }
  return { segments, records, more: true };
}

/** @returns how many rows are in a segment now; 0 when there were too few, or when one of them changed meanwhile */
async function compactSubject({ read, transact }: OpenDatabase, subject: Subject, until: number): Promise<number> {
  const oldest = await read((connection) => readOldRows(connection, subject, { until, limit: smallRecords }));
  if (oldest.length < leastRecords) return 0;
  const small = await read((connection) => readSmallSegments(connection, subject, smallRecords));
  const rows = headOf(oldest);
  const single = rows.map(({ key, body }) => ({ key, observation: unpackObservation(body) }));
  const observations = mergeRecords([...small.records, ...single]).map(({ observation }) => observation);
  const body = await encodeSegment(observations.map((observation) => JSON.stringify(observation)));
  const written = await transact((tx) => writeSegment(tx, { ...subject, rows, replaced: small.ids, observations, body }));
  return written === 'written' ? rows.length : 0;
}

function headOf(rows: readonly RecordRow[]): readonly RecordRow[] {
  let characters = 0;
  const end = rows.findIndex(({ body }) => (characters += body.length) > mostCharacters);
  return end === -1 ? rows : rows.slice(0, Math.max(end, 1));
}
