import type { Json } from '../trim/read-field.ts';
import type { WatchedResource } from './watched-resources.ts';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/**
 * What becomes of the objects of one source. Called in order, some at the same time, but one at a time for each uid. A handler
 * converts, compares and enqueues: what it throws is logged, and the object counts as handled. `rawHash` is of the object's bytes.
 */
export interface ResourceHandler {
  /** A list begins when everything before it is handled, perhaps again because the one before broke off. */
  listStarted(): void;
  /** An object of a list, the first one or a later one after a gap. */
  listed(object: Json, rawHash?: string): Promise<void>;
  /** All objects of a list are handled. */
  listEnded(list: ListSummary): Promise<void>;
  changed(type: ChangeType, object: Json, rawHash?: string): Promise<void>;
  /** Whether the object was last handled with this hash of its bytes, so that to handle it again would change nothing. */
  knows?(uid: string, rawHash: string): boolean;
  /** Everything up to this version was handled before the list that comes; undefined: the server's versions begin anew. */
  startsAfter?(version: string | undefined): void;
}

export interface ListSummary {
  readonly resourceVersion: string;
  readonly objects: number;
  /** The moment the list shows; its pages take their time. */
  readonly asOf: Date;
  /** Undefined for the first list of the first process; else the last moment at which the source was up to date. */
  readonly gapSince?: Date;
}

/** `open` is an open watch; `waiting` sleeps before the next try; `refused` is not allowed or not there, tried again much later. */
export type SourcePhase = 'starting' | 'listing' | 'open' | 'waiting' | 'refused' | 'stopped';

export interface SourceState {
  readonly resource: string;
  readonly namespace?: string;
  readonly phase: SourcePhase;
  /** Version of the last line or list that was handled whole. */
  readonly resourceVersion?: string;
  /** When it was last known to have handled everything; a quiet watch shows that about once a minute. */
  readonly upToDateAt?: Date;
  /** Lists after the first. */
  readonly relists: number;
  readonly lastFault?: string;
}

/** Feeds the objects of one resource to its handler until it is stopped. How it does so is its own business. */
export interface ResourceSource {
  readonly resource: WatchedResource;
  run(signal: AbortSignal): Promise<void>;
  state(): SourceState;
  /** Resolves when the first list is handled, refused or has failed. */
  readonly firstAttempt: Promise<void>;
}
