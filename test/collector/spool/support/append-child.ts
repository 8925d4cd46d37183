import { openFileSpool } from '../../../../collector/spool/file-spool.ts';

// Appends for ever, several at a time, and says the number of each line once its append has resolved: what it said must be found after its death.
const [dir = '', from = '1'] = process.argv.slice(2);
const spool = await openFileSpool({ dir, segmentBytes: 50_000 });
const at = '2026-11-22T11:00:00.000Z';
let next = Number(from);

async function append(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    const id = number.toString(16).padStart(64, '0');
    await spool.append({
      kind: 'coverage',
      id,
      observedAt: at,
      cluster: 'c',
      collector: `n${number}`,
      note: 'heartbeat',
      from: at,
      to: at,
    });
    process.stdout.write(`${number}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, append));
