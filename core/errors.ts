export type ErrorCode =
  | 'usage'
  | 'bad-input'
  | 'unauthorized'
  | 'forbidden'
  | 'too-large'
  | 'unsupported'
  | 'not-found'
  | 'unreachable'
  | 'conflict'
  | 'internal';

/**
 * A fault somebody can act on. `message` is a sentence for the person who reads it and says the way out;
 * `code` is mapped once to an HTTP status and once to an exit code.
 */
export class MortemError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MortemError';
    this.code = code;
  }
}
