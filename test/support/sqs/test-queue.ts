import { createHash, randomUUID } from 'node:crypto';

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
  readonly md5: string;
}

export interface ReceivedMessage extends QueuedMessage {
  readonly receiptHandle: string;
  /** This time included. */
  readonly receiveCount: number;
}

interface Held {
  readonly message: QueuedMessage;
  receiveCount: number;
  /** Set while somebody works on it. */
  receiptHandle: string | undefined;
}

export interface RedrivePolicy {
  readonly maxReceiveCount: number;
  readonly deadLetters: TestQueue;
}

/** A standard queue: at least once, in no order. Nobody waits for a visibility time-out: `releaseAll` ends all of them. */
export class TestQueue {
  readonly #held: Held[] = [];
  readonly #policy: RedrivePolicy | undefined;

  constructor(policy?: RedrivePolicy) {
    this.#policy = policy;
  }

  send(body: string, attributes: QueuedMessage['attributes'] = {}): QueuedMessage {
    const message = { messageId: randomUUID(), body, attributes, md5: createHash('md5').update(body).digest('hex') };
    this.#held.push({ message, receiveCount: 0, receiptHandle: undefined });
    return message;
  }

  receive(max: number): readonly ReceivedMessage[] {
    const received: ReceivedMessage[] = [];
    for (const held of this.#held.slice()) {
      if (received.length >= max) break;
      if (held.receiptHandle !== undefined) continue;
      if (this.#policy !== undefined && held.receiveCount >= this.#policy.maxReceiveCount) {
        this.#held.splice(this.#held.indexOf(held), 1);
        this.#policy.deadLetters.send(held.message.body, held.message.attributes);
        continue;
      }
      held.receiveCount += 1;
      held.receiptHandle = randomUUID();
      received.push({ ...held.message, receiptHandle: held.receiptHandle, receiveCount: held.receiveCount });
    }
    return received;
  }

  delete(receiptHandle: string): void {
    const at = this.#held.findIndex((held) => held.receiptHandle === receiptHandle);
    if (at !== -1) this.#held.splice(at, 1);
  }

  release(receiptHandle: string): void {
    const held = this.#held.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (held !== undefined) held.receiptHandle = undefined;
  }

  releaseAll(): void {
    for (const held of this.#held) held.receiptHandle = undefined;
  }

  /** Everything that is not deleted. */
  get messages(): readonly QueuedMessage[] {
    return this.#held.map(({ message }) => message);
  }
}
