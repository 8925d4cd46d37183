/** Header value and path segment that name this version of the wire. */
export const schemaVersion = 'observations/v1';

/** One batch: at most 4 MB as sent (Lambda counts base64 against its 6 MB) and 20 MB inflated (zip bombs). */
export const maxBatchBytes = 4_000_000;
export const maxInflatedBytes = 20_000_000;
/** One line: the largest log tail plus its envelope. */
export const maxLineBytes = 1_500_000;
/** Characters of one log kept on the wire. */
export const maxLogCharacters = 1_000_000;
