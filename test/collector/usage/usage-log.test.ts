import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUsageLog, keptSeconds } from '../../../collector/usage/usage-log.ts';

const forever = [0, 2 ** 32] as const;

test('gives the samples of one container in a time, oldest first', () => {
  const log = createUsageLog();
  for (const [slot, second] of [
    [1, 100],
    [2, 100],
    [1, 115],
    [1, 130],
  ] as const) {
    log.add(slot, { second, kibibytes: second * 10 });
  }
  expect(log.samplesOf(1, 101, 130)).toEqual([
    { second: 115, kibibytes: 1150 },
    { second: 130, kibibytes: 1300 },
  ]);
  expect([log.samplesOf(2, ...forever), log.samplesOf(3, ...forever)]).toEqual([[{ second: 100, kibibytes: 1000 }], []]);
});

test('however much comes, it holds the last ten minutes of it, and no more than its largest size', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ slot: fc.integer({ min: 1, max: 4 }), after: fc.integer({ min: 0, max: 90 }) }), { maxLength: 400 }),
      fc.constantFrom(8, 64, 4096),
      (steps, largest) => {
        const log = createUsageLog(largest);
        const all: { slot: number; second: number; kibibytes: number }[] = [];
        let second = 1_000_000;
        for (const { slot, after } of steps) {
          second += after;
          all.push({ slot, second, kibibytes: all.length });
          log.add(slot, { second, kibibytes: all.length - 1 });
        }
        const kept = all.filter((sample) => sample.second >= second - keptSeconds).slice(-largest);
        expect(log.size()).toBe(kept.length);
        for (const slot of [1, 2, 3, 4]) {
          const own = kept.filter((sample) => sample.slot === slot).map(({ second: at, kibibytes }) => ({ second: at, kibibytes }));
          expect(log.samplesOf(slot, ...forever)).toEqual(own);
        }
      },
    ),
  );
});
