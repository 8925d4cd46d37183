import type { Observation } from '#core/wire/observation.ts';
import type { Dropped } from './drop-ledger.ts';

/** Observations that are to be sent together, oldest first. */
export interface Batch {
  /** Names the batch to `ack` and `reject`. */
  readonly id: string;
  /** One line of JSON each, with its newline: what is only passed on is not made into texts. */
  readonly bytes: Buffer;
  readonly observations: number;
}

export interface SpoolSize {
  readonly observations: number;
  /** Bytes of the lines, their newlines included. */
  readonly bytes: number;
  /** Observations given up since the start because the spool was full. */
  readonly dropped: number;
  /** Why the newest lines are kept in memory only; undefined while everything is as durable as it should be. */
  readonly degraded?: string;
}

/**
 * What was observed and not yet acknowledged, in the order in which it was appended. One reader: peek, send, then ack;
 * a line leaves the spool in no other way than by `ack`, `reject`, or as one of those counted as dropped.
 */
export interface Spool {
  /**
   * As durable as the spool is when it resolves; when it rejects, nothing was taken and the same may be tried again.
   *
   * @param line its JSON, where that was made before
   * @throws {AppendFault} with the line
   */
  append(observation: Observation, line?: string): Promise<void>;
  /** The oldest lines: as many as fit into `maxBytes`, at least one. The same ones, or more, until they are acked or rejected. */
  peek(maxBytes: number): Promise<Batch | undefined>;
  /** The batch is stored on the other side. A batch that is not known any more is ignored. */
  ack(batch: Batch): Promise<void>;
  /** The other side will never take the batch; `reason` is its sentence. The lines are set aside. */
  reject(batch: Batch, reason: string): Promise<void>;
  size(): SpoolSize;
  /** What was given up since the last call, by kind; undefined for nothing. */
  takeDropped(): Dropped | undefined;
}
