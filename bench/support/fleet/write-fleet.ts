import type { OpenDatabase } from '../../../db/database.ts';
import { saveLedger } from '../../../db/ledger/save-ledger.ts';
import { raiseWatermark } from '../../../db/watermarks.ts';
import { makeFleet, type FleetOptions, type FleetWorkload } from './make-fleet.ts';
import { makeLedger } from './make-ledger.ts';

export interface WrittenFleet {
  readonly workloads: readonly FleetWorkload[];
  readonly terminations: number;
}

/** Saves the ledger of every workload as a rebuild does, and the data time of every cluster. */
export async function writeFleet(
  { transact }: Pick<OpenDatabase, 'transact'>,
  options: FleetOptions,
  onProgress: (terminations: number) => void = () => {},
): Promise<WrittenFleet> {
  const workloads: FleetWorkload[] = [];
  let terminations = 0;
  for (const workload of makeFleet(options)) {
    const ledger = makeLedger(workload);
    await transact(async (tx) => {
      await saveLedger(tx, workload.key, ledger);
      await raiseWatermark(tx, workload.key.cluster, workload.end);
    });
    workloads.push(workload);
    terminations += ledger.terminations.length;
    onProgress(terminations);
  }
  return { workloads, terminations };
}
