import { linesIn } from '../../collector/spool/batch-lines.ts';
import type { Batch } from '../../collector/spool/spool.ts';

/** The lines of a batch; undefined where there is none. */
export function linesOf(batch: Batch | undefined): readonly string[] | undefined {
  return batch && linesIn(batch.bytes);
}
