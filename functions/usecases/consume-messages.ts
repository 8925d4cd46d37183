import type { DeadLetters, IncidentStore } from '#core/ports.ts';
import { readMessage, type QueueMessage } from '../notifications/read-message.ts';
import { indexBatches, type FailedBatch, type IndexDeps } from './index-batches.ts';
import { quarantineBatch } from './quarantine-batch.ts';
import { rebuildWorkloads, type RebuildDeps } from './rebuild-workloads.ts';

export interface ConsumeDeps extends IndexDeps, RebuildDeps {
  readonly store: IndexDeps['store'] & RebuildDeps['store'] & Pick<IncidentStore, 'finishBatch'>;
  readonly deadLetters: DeadLetters;
}

/** One message of a queue, as it was delivered. */
export interface DeliveredMessage {
  readonly id: string;
  readonly body: string;
  /** This delivery included. */
  readonly deliveries: number;
}

/** As often as the queue of one process tries. */
const maxDeliveries = 5;

/**
 * Brings the batches of some messages into the index and rebuilds what they touched. A message that cannot be read, or whose
 * batch failed for the fifth time, goes to the dead letters with its reason; others that failed are to be delivered again.
 *
 * A batch that is not known, since its row is not committed yet, is left to the schedule, which finds it pending.
 *
 * @returns the ids of the messages that are to be delivered again
 */
export async function consumeMessages(deps: ConsumeDeps, messages: readonly DeliveredMessage[]): Promise<readonly string[]> {
  const read = messages.map((message) => ({ message, content: readMessage(message.body) }));
  const batches = new Set(read.flatMap(({ content }) => (content.kind === 'process' ? content.batches : [])));
  const { failed, touched } = await indexBatches(deps, [...batches]);
  await rebuildWorkloads(deps, touched);
  const again: string[] = [];
  for (const { message, content } of read) {
    if ((await settle(deps, message, faultsOf(content, failed))) === 'again') again.push(message.id);
  }
  return again;
}

function faultsOf(content: QueueMessage, failed: readonly FailedBatch[]): readonly Partial<FailedBatch>[] {
  if (content.kind === 'unreadable') return [{ reason: content.reason }];
  return content.kind === 'process' ? failed.filter(({ id }) => content.batches.includes(id)) : [];
}

async function settle(deps: ConsumeDeps, message: DeliveredMessage, faults: readonly Partial<FailedBatch>[]): Promise<'done' | 'again'> {
  if (faults.length === 0) return 'done';
  const reason = faults.map((fault) => fault.reason).join(' ');
  const isPoison =
    faults.some(({ id }) => id === undefined) || (message.deliveries >= maxDeliveries && !faults.some(({ passing }) => passing));
  if (!isPoison) {
    deps.logger.warn('message-failed', { message: message.id, deliveries: message.deliveries, reason });
    return 'again';
  }
  try {
    for (const { id } of faults) if (id !== undefined) await quarantineBatch(deps, { id, reason });
    await deps.deadLetters.put(message.body, reason);
  } catch (error) {
    // The queue itself sets aside what was delivered too often.
    deps.logger.error('message-not-set-aside', { message: message.id, reason, because: String(error) });
    return 'again';
  }
  deps.logger.error('message-set-aside', { message: message.id, deliveries: message.deliveries, reason });
  return 'done';
}
