/** The API allows messages of 16 KiB and more; what decides stands within this many characters. */
const maxMessageCharacters = 8192;

/** The API server's aggregation puts this before the newest of many similar messages. */
const combined = /^\(combined from similar events\): ?/;

/** The message of an event or a status as its author wrote it, cut to a length that decides. */
export function plainMessage(message: string): string {
  return message.slice(0, maxMessageCharacters).replace(combined, '');
}
