import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chapter, Incident } from '#core/incident/incident.ts';
import { quietLogger } from '../cli/quiet-logger.ts';
import { replayRecording } from '../cli/replay-recording.ts';
import { startServer } from '../functions/serve.ts';
import { loadRecording } from '../replay/load-recording.ts';
import { truthOf, type Truth, type TruthChapter } from '../test/support/truth.ts';

/** All recordings through the whole pipeline against what is true, field by field. `--write` keeps the table in docs/. */

const fields = ['incident', 'workload', 'symptom', 'phase', 'failure point', 'cause', 'nothing else'] as const;
type Field = (typeof fields)[number];
type Score = Partial<Record<Field, boolean>>;

const root = join(import.meta.dirname, '..');
const recordings = join(root, 'test', 'recordings');
const names = (await readdir(recordings)).toSorted();
const dataDir = await mkdtemp(join(tmpdir(), 'mortem-scorecard-'));
const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: quietLogger, openReads: true });
const rows: { name: string; score: Score; found: string }[] = [];
for (const name of names) {
  await replayRecording({
    server,
    recording: await loadRecording(join(recordings, name)),
    cluster: name,
    pace: 'lockstep',
    logger: quietLogger,
  });
  const incidents = await server.deps.store.incidents({ cluster: name });
  rows.push({ name, score: scoreOf(truthOf(name), incidents), found: describe(incidents) });
}
await server.close();
await rm(dataDir, { recursive: true, force: true });

const table = format();
process.stdout.write(`${table}\n`);
if (process.argv.includes('--write')) await writeFile(join(root, 'docs', 'scorecard.md'), `${preamble()}\n\n${table}\n`);
if (rows.some(({ score }) => Object.values(score).includes(false))) process.exitCode = 1;

function scoreOf(truth: Truth, incidents: readonly Incident[]): Score {
  const [incident] = incidents;
  if (incident === undefined) return { incident: truth.incident !== true };
  if (truth.incident === false) return { incident: false };
  const remaining = [...incident.chapters];
  const pairs = truth.chapters.map((expected) => {
    const at = remaining.findIndex(
      (chapter) => expected.symptom.includes(chapter.symptom) && (chapter.container ?? null) === expected.container,
    );
    return { expected, chapter: at === -1 ? undefined : remaining.splice(at, 1)[0] };
  });
  const all = (holds: (chapter: Chapter, expected: TruthChapter) => boolean) =>
    pairs.every(({ chapter, expected }) => chapter !== undefined && holds(chapter, expected));
  const extra = remaining.filter((chapter) => !(truth.alsoFine ?? []).includes(chapter.symptom));
  return {
    incident: true,
    workload: incident.workload.kind === truth.workload.kind && incident.workload.name === truth.workload.name,
    symptom: all(() => true),
    phase: all((chapter, { phase }) => phase.includes(chapter.phase)),
    'failure point': all((chapter, { failurePoint }) => failurePoint.includes(chapter.failurePoint)),
    cause: all((chapter, { cause }) => cause === null || cause.includes(chapter.cause)),
    'nothing else': incidents.length === 1 && extra.length === 0,
  };
}

function describe(incidents: readonly Incident[]): string {
  return (
    incidents.flatMap(({ chapters }) => chapters.map((chapter) => `${chapter.symptom} / ${chapter.phase} / ${chapter.cause}`)).join('; ') ||
    'silent'
  );
}

function format(): string {
  const mark = (value: boolean | undefined) => (value === undefined ? '' : value ? 'yes' : '**no**');
  const lines = rows.map(({ name, score, found }) => `| ${name} | ${fields.map((field) => mark(score[field])).join(' | ')} | ${found} |`);
  const totals = fields.map((field) => {
    const judged = rows.filter(({ score }) => score[field] !== undefined);
    return `${judged.filter(({ score }) => score[field] === true).length} of ${judged.length}`;
  });
  return [
    `| recording | ${fields.join(' | ')} | found |`,
    `| - |${' - |'.repeat(fields.length + 1)}`,
    ...lines,
    `| **all** | ${totals.join(' | ')} | |`,
  ].join('\n');
}

function preamble(): string {
  return '# Scorecard\n\nEvery recorded incident through the whole pipeline, compared with what is true. Made by `npm run scorecard -- --write`; empty cells do not apply (nothing may be reported, or silence is right).';
}
