export interface Progress {
  step(): void;
  end(): void;
}

const width = 30;

/** A bar on a terminal, on stderr; silence in a pipe or for a single step. */
export function createProgress(total: number, what: string): Progress {
  const shown = process.stderr.isTTY && total > 1;
  let done = 0;
  let ended = !shown;
  const draw = () => {
    const filled = Math.round((width * done) / total);
    process.stderr.write(`\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${done}/${total} ${what}`);
  };
  if (shown) draw();
  return {
    step() {
      done += 1;
      if (!ended) draw();
    },
    end() {
      if (!ended) process.stderr.write('\n');
      ended = true;
    },
  };
}
