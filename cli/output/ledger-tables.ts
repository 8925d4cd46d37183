import { shortImage } from '#core/incident/image.ts';
import type { ImageRun } from '#core/ledger/image-run.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import { objectName } from '#core/report/object-name.ts';
import { describeDuration } from '#core/time/duration.ts';
import type { PrintableAnswer } from './print-answer.ts';
import { formatTable } from './print-table.ts';

export type LedgerTable = Pick<PrintableAnswer, 'names' | 'csv' | 'table'>;

interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => string;
  /** Only in wide tables, and in CSV. */
  readonly wide?: true;
  /** What a program reads in its place: numbers without words, names in full. */
  readonly csv?: readonly (readonly [header: string, cell: (row: Row) => string | number | undefined])[];
}

interface Placed {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly container: string;
}

const place: readonly Column<Placed>[] = [
  { header: 'CLUSTER', cell: ({ cluster }) => cluster, wide: true },
  { header: 'NAMESPACE', cell: ({ namespace }) => namespace },
  { header: 'WORKLOAD', cell: ({ workload }) => objectName(workload.kind, workload.name) },
  { header: 'CONTAINER', cell: ({ container }) => container },
];

const terminationColumns: readonly Column<Termination>[] = [
  { header: 'FINISHED', cell: ({ finishedAt }) => finishedAt },
  ...place,
  { header: 'POD', cell: ({ pod }) => pod },
  { header: 'REASON', cell: ({ reason }) => reason },
  {
    header: 'EXIT',
    cell: ({ exitCode, signal }) => (signal === undefined ? String(exitCode) : `${exitCode} (${signal})`),
    csv: [
      ['exit', ({ exitCode }) => exitCode],
      ['signal', ({ signal }) => signal],
    ],
  },
  { header: 'CAUSE', cell: ({ cause, expected }) => cause ?? (expected ? 'expected' : '-') },
  {
    header: 'LIVED',
    cell: ({ livedSeconds }) => (livedSeconds === undefined ? '-' : describeDuration(livedSeconds * 1000)),
    csv: [['lived seconds', ({ livedSeconds }) => livedSeconds]],
  },
  { header: 'LIMIT', cell: ({ memoryLimit = '-' }) => memoryLimit },
  {
    header: 'IMAGE',
    cell: ({ image }) => shortImage(image),
    csv: [
      ['image', ({ image }) => image.ref],
      ['digest', ({ image }) => image.digest],
    ],
  },
  { header: 'NODE', cell: ({ node = '-' }) => node, wide: true },
  { header: 'REV', cell: ({ revision, revisionHash }) => revision ?? revisionHash ?? '-', wide: true },
  { header: 'MEMORY', cell: ({ memoryDeath = '-' }) => memoryDeath, wide: true },
  { header: 'REQUEST', cell: ({ memoryRequest = '-' }) => memoryRequest, wide: true },
  { header: 'PEAK BYTES', cell: ({ peakBytes }) => (peakBytes === undefined ? '-' : String(peakBytes)), wide: true },
  { header: 'INCIDENT', cell: ({ incident = '-' }) => incident, wide: true },
  { header: 'EVIDENCE', cell: ({ evidence }) => evidence, wide: true },
];

const rolloutColumns: readonly Column<RolloutRecord>[] = [
  { header: 'TIME', cell: ({ at }) => at },
  ...place,
  { header: 'REV', cell: ({ revision, revisionHash }) => revision ?? revisionHash ?? '-' },
  {
    header: 'KIND',
    cell: ({ kind, of }) => (of === undefined ? kind : `${kind} to ${of}`),
    csv: [
      ['kind', ({ kind }) => kind],
      ['of', ({ of }) => of],
    ],
  },
  {
    header: 'FROM',
    cell: ({ from }) => (from === undefined ? '-' : shortImage(from)),
    csv: [
      ['from', ({ from }) => from?.ref],
      ['from digest', ({ from }) => from?.digest],
    ],
  },
  {
    header: 'TO',
    cell: ({ to }) => shortImage(to),
    csv: [
      ['to', ({ to }) => to.ref],
      ['to digest', ({ to }) => to.digest],
    ],
  },
  { header: 'LIMIT', cell: ({ memoryLimit = '-' }) => memoryLimit },
  {
    header: 'FAILURES',
    cell: ({ failures }) => failures.map(({ symptom, deaths }) => (deaths === 0 ? symptom : `${symptom} ×${deaths}`)).join(', ') || '-',
  },
  { header: 'STARTED', cell: ({ started }) => (started ? 'yes' : 'no'), wide: true },
  { header: 'MECHANISM', cell: ({ mechanism }) => mechanism.kind, wide: true },
  { header: 'EVIDENCE', cell: ({ evidence }) => evidence, wide: true },
];

const imageColumns: readonly Column<ImageRun>[] = [
  ...place,
  { header: 'IMAGE', cell: ({ image }) => image.ref },
  { header: 'DIGEST', cell: ({ image }) => image.digest ?? 'unknown' },
  { header: 'PODS', cell: ({ pods }) => String(pods) },
  { header: 'SINCE', cell: ({ from }) => from },
];

export function terminationTable(rows: readonly Termination[]): LedgerTable {
  return toTable(rows, terminationColumns, ({ evidence }) => evidence);
}

export function rolloutTable(rows: readonly RolloutRecord[]): LedgerTable {
  return toTable(rows, rolloutColumns, ({ evidence }) => evidence);
}

export function imageTable(rows: readonly ImageRun[]): LedgerTable {
  return toTable(rows, imageColumns, ({ image }) =>
    image.digest === undefined ? image.ref : `${image.ref.split('@')[0] ?? ''}@${image.digest}`,
  );
}

function toTable<Row extends Placed>(rows: readonly Row[], columns: readonly Column<Row>[], nameOf: (row: Row) => string): LedgerTable {
  return {
    names: rows.map(nameOf),
    csv: {
      header: columns.flatMap(({ header, csv }) => csv?.map(([name]) => name) ?? header.toLowerCase()),
      rows: rows.map((row) => columns.flatMap((column) => csvCells(column, row))),
    },
    table(wide) {
      // Rows of several clusters cannot be told apart without its name.
      const several = new Set(rows.map(({ cluster }) => cluster)).size > 1;
      const shown = columns.filter((column) => wide || column.wide !== true || (several && column.header === 'CLUSTER'));
      return formatTable(
        shown.map(({ header }) => header),
        rows.map((row) => shown.map(({ cell }) => cell(row))),
      );
    },
  };
}

/** The dash of a table is an empty cell. */
function csvCells<Row>({ cell, csv }: Column<Row>, row: Row): readonly (string | number)[] {
  if (csv !== undefined) return csv.map(([, value]) => value(row) ?? '');
  const text = cell(row);
  return [text === '-' ? '' : text];
}
