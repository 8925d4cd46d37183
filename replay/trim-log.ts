export interface LogTrim {
  /** Last lines to keep; all when absent. */
  readonly tailLines?: number;
  /** Bytes to keep of the START of what the tail left. */
  readonly limitBytes?: number;
  /** Whether the time stamp in front of each line is wanted. */
  readonly timestamps: boolean;
}

const newline = 0x0a;
// No /m: its ^ also matches after a carriage return, which a progress bar prints in the middle of a line.
const stamp = /(^|\n)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) /g;

/** What the kubelet sends of a log; bytes stay bytes, a log need not be UTF-8. */
export function trimLog(body: Uint8Array, trim: LogTrim): Uint8Array {
  const tail = trim.tailLines === undefined ? body : lastLines(body, trim.tailLines);
  const lines = trim.timestamps ? tail : withoutStamps(tail);
  return trim.limitBytes === undefined ? lines : lines.subarray(0, trim.limitBytes);
}

function lastLines(body: Uint8Array, count: number): Uint8Array {
  if (count === 0) return body.subarray(body.length);
  // A newline at the very end closes the last line, it does not open another.
  let from = body.at(-1) === newline ? body.length - 1 : body.length;
  for (let left = count; left > 0; left--) {
    if (from <= 0) return body;
    from = body.lastIndexOf(newline, from - 1);
    if (from < 0) return body;
  }
  return body.subarray(from + 1);
}

function withoutStamps(body: Uint8Array): Uint8Array {
  // latin1 maps each byte to one character and back, so invalid UTF-8 survives.
  return Buffer.from(Buffer.from(body).toString('latin1').replace(stamp, '$1'), 'latin1');
}
