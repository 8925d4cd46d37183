import { MortemError } from '#core/errors.ts';
import { sendUntilTaken } from '../steady-load.ts';
import type { BatchSupply } from './batch-supply.ts';
import { startSoakedServer } from './soaked-server.ts';

const senders = 4;
const mostDrainSeconds = 120;

/**
 * Observations a second that a server takes end to end: from the first request until each death of them is in the ledger, as many
 * as go in within `seconds`. Long enough, it has the minutes of the schedule, checkpoints and a full queue in it.
 */
export async function measureCapacity(data: string, supply: BatchSupply, seconds: number): Promise<number> {
  const server = await startSoakedServer(data);
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  let observations = 0;
  const send = async (): Promise<void> => {
    while (elapsed() < seconds) {
      const batch = await supply.next();
      const { fault } = await sendUntilTaken(server, batch);
      if (fault !== undefined) throw new MortemError('unreachable', `The capacity cannot be measured: ${fault}`);
      observations += batch.observations;
    }
  };
  try {
    await Promise.all(Array.from({ length: senders }, send));
    if ((await server.drain(mostDrainSeconds)) !== undefined) return observations / elapsed();
  } finally {
    await server.stop();
  }
  throw new MortemError('unreachable', `The capacity cannot be measured: after ${mostDrainSeconds} s there is still work left.`);
}
