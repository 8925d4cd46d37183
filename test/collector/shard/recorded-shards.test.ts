import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { replayThrough } from '../support/replay-through.ts';

/** Everything but what a collector says about itself, by id: what is told twice counts once. */
function told(observations: readonly Observation[]): Map<string, Observation['kind']> {
  return new Map(observations.filter(({ kind }) => kind !== 'coverage').map(({ id, kind }) => [id, kind]));
}

test.each(['s24-seed-story', 's17-pending-nodeselector', 's26-job-complete'])(
  '%s: the shard of the node and that of the rest together tell what one collector tells',
  async (recording) => {
    const whole = told((await replayThrough(recording)).observations);
    const node = told((await replayThrough(recording, [], { shard: { kind: 'node', name: 'node-1' } })).observations);
    const rest = told((await replayThrough(recording, [], { shard: { kind: 'unscheduled' } })).observations);
    const together = new Map([...node, ...rest]);
    expect([...whole].filter(([id]) => !together.has(id))).toEqual([]);
    expect([...together].filter(([id]) => !whole.has(id))).toEqual([]);
    expect(node.size).toBeLessThan(whole.size);
  },
);
