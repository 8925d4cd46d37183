import { formatInstant } from '#core/time/instant.ts';
import { podRunSchema, type PodRun } from '#core/ledger/pod-run.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import { terminationSchema, type Termination } from '#core/ledger/termination.ts';
import { waitSchema, type Wait } from '#core/ledger/wait.ts';
import { notGone } from '../object-fact.ts';
import type { Tables } from '../schema.ts';
import { imageColumns, imageOf, placeColumns, placeOf } from './image-columns.ts';
import { withoutNulls } from './without-nulls.ts';

export type TerminationRow = Tables['terminations']['$inferSelect'];
export type WaitRow = Tables['waits']['$inferSelect'];
export type RolloutRow = Tables['rollouts']['$inferSelect'];
export type PodRunRow = Tables['podRuns']['$inferSelect'];

export function terminationRow(termination: Termination): TerminationRow {
  const { image, startedAt, finishedAt, seenAt, workload: _, ...rest } = termination;
  return {
    revision: null,
    revisionHash: null,
    node: null,
    signal: null,
    symptom: null,
    cause: null,
    memoryDeath: null,
    memoryLimit: null,
    memoryRequest: null,
    peakBytes: null,
    livedSeconds: null,
    incident: null,
    ...rest,
    ...placeColumns(termination),
    ...imageColumns(image),
    startedAt: startedAt === undefined ? null : Date.parse(startedAt),
    finishedAt: Date.parse(finishedAt),
    seenAt: Date.parse(seenAt),
  };
}

export function terminationOf(row: TerminationRow): Termination {
  const { imageRef: _ref, repository: _repository, tag: _tag, digest: _digest, workloadKind: _kind, workloadName: _name, ...rest } = row;
  const { startedAt, finishedAt, seenAt, ...fields } = withoutNulls(rest);
  return terminationSchema.parse({
    ...fields,
    ...placeOf(row),
    image: imageOf(row),
    finishedAt: formatInstant(finishedAt),
    seenAt: formatInstant(seenAt),
    ...(startedAt === undefined ? {} : { startedAt: formatInstant(startedAt) }),
  });
}

export function waitRow(wait: Wait): WaitRow {
  const { image = { ref: '' }, container = '', from, until, seenAt, workload: _, ...rest } = wait;
  return {
    pod: null,
    revisionHash: null,
    node: null,
    incident: null,
    ...rest,
    container,
    ...placeColumns(wait),
    ...imageColumns(image),
    fromAt: Date.parse(from),
    untilAt: until === undefined ? null : Date.parse(until),
    seenAt: Date.parse(seenAt),
  };
}

export function waitOf(row: WaitRow): Wait {
  const {
    imageRef,
    repository: _repository,
    tag: _tag,
    digest: _digest,
    workloadKind: _kind,
    workloadName: _name,
    container,
    ...rest
  } = row;
  const { fromAt, untilAt, seenAt, ...fields } = withoutNulls(rest);
  return waitSchema.parse({
    ...fields,
    ...placeOf(row),
    from: formatInstant(fromAt),
    seenAt: formatInstant(seenAt),
    ...(untilAt === undefined ? {} : { until: formatInstant(untilAt) }),
    ...(container === '' ? {} : { container }),
    ...(imageRef === '' ? {} : { image: imageOf(row) }),
  });
}

export function rolloutRow(rollout: RolloutRecord): RolloutRow {
  const { at, evidence, container, kind, to, failures, seenAt } = rollout;
  return {
    at: Date.parse(at),
    evidence,
    container,
    ...placeColumns(rollout),
    kind,
    ...imageColumns(to),
    failed: failures.length > 0,
    seenAt: Date.parse(seenAt),
    body: JSON.stringify(rollout),
  };
}

/** Only {@link rolloutRow} writes these texts. */
export function rolloutOf({ body }: Pick<RolloutRow, 'body'>): RolloutRecord {
  const rollout: RolloutRecord = JSON.parse(body);
  return rollout;
}

export function podRunRow(run: PodRun): PodRunRow {
  const { image, from, until, seenAt, workload: _, ...rest } = run;
  return {
    revisionHash: null,
    node: null,
    ...rest,
    ...placeColumns(run),
    ...imageColumns(image),
    fromAt: Date.parse(from),
    untilAt: until === undefined ? notGone : Date.parse(until),
    seenAt: Date.parse(seenAt),
  };
}

export function podRunOf(row: PodRunRow): PodRun {
  const { imageRef: _ref, repository: _repository, tag: _tag, digest: _digest, workloadKind: _kind, workloadName: _name, ...rest } = row;
  const { fromAt, untilAt, seenAt, ...fields } = withoutNulls(rest);
  return podRunSchema.parse({
    ...fields,
    ...placeOf(row),
    image: imageOf(row),
    from: formatInstant(fromAt),
    seenAt: formatInstant(seenAt),
    ...(untilAt === notGone ? {} : { until: formatInstant(untilAt) }),
  });
}
