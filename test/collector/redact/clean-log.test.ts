import { expect, test } from 'vitest';
import { redact } from '#core/redact/redact.ts';
import { redactFully } from '../../../collector/redact/redact-fully.ts';
import { cleanLines, cleanLog } from '../../core/redact/support/clean-log.ts';

const kept = 900_000;

test.each(cleanLines.map((line) => line()))('nothing is taken from %j', (line) => {
  expect(redact(line)).toEqual({ text: line, counts: {} });
});

test('ten megabytes of what applications write lose nothing on the way to the disk', async () => {
  for (let part = 0; part < 11; part += 1) {
    const text = cleanLog(kept);
    const { draft, counts } = await redactFully({
      kind: 'log',
      namespace: 'shop',
      pod: 'api',
      podUid: 'u',
      container: 'api',
      role: 'app',
      restartCount: 0,
      final: true,
      workload: { kind: 'Pod', name: 'api', chain: [] },
      text,
    });
    expect(counts).toEqual({});
    expect(draft.kind === 'log' && draft.text === text).toBe(true);
  }
}, 120_000);
