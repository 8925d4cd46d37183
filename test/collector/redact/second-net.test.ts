import { describe, expect, test } from 'vitest';
import type { Draft } from '#core/wire/observation.ts';
import { plantedCredentials } from '../../../collector/redact/planted-credentials.ts';
import { redactFully } from '../../../collector/redact/redact-fully.ts';
import { catchRest, cutRanges } from '../../../collector/redact/second-net.ts';
import { testRedaction } from '../../../collector/redact/self-test.ts';

const instance = { namespace: 'n', pod: 'p', podUid: 'u', container: 'c', role: 'app' as const, restartCount: 0, final: true };
const logOf = (text: string): Draft => ({ kind: 'log', ...instance, workload: { kind: 'Pod', name: 'p', chain: [] }, text });

describe('the second net', () => {
  test('a finding is cut to the end of its token, however short its range', () => {
    expect(cutRanges('a KEY=0123456789abcdef b', [[2, 10]])).toEqual({ text: 'a [REDACTED:secretlint] b', counts: { secretlint: 1 } });
  });

  test('findings that overlap are one; what a rule has taken already is left', () => {
    const text = 'x1 aaaa bbbb postgres://u:[REDACTED:url-userinfo]@db/x';
    expect(
      cutRanges(text, [
        [8, 12],
        [3, 12],
        [13, text.length],
      ]),
    ).toEqual({
      text: 'x1 [REDACTED:secretlint] postgres://u:[REDACTED:url-userinfo]@db/x',
      counts: { secretlint: 1 },
    });
  });

  test('it knows formats of its own, and leaves a plain log alone', async () => {
    const token = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
    expect(await catchRest(`remote: ${token}\nok\n`)).toEqual({ text: 'remote: [REDACTED:secretlint]\nok\n', counts: { secretlint: 1 } });
    const plain = 'INFO 200 GET /orders/42 3ms\n'.repeat(1000);
    expect(await catchRest(plain)).toEqual({ text: plain, counts: {} });
  });

  test('what it takes is counted in the log and in the whole', async () => {
    // A form that only the second net knows.
    const dsn = `mongodb+srv://app:${'x'.repeat(3)}%40y@cluster0.example.net/shop`;
    const { draft, counts } = await redactFully(logOf(`password=hunter2\n${dsn}\n`));
    expect(draft.kind === 'log' && draft.text?.includes('xxx')).toBe(false);
    expect(draft.kind === 'log' ? draft.redactions : undefined).toEqual(counts);
  });
});

describe('the self-test', () => {
  test('passes with the redaction that is shipped', async () => {
    await expect(testRedaction()).resolves.toBeUndefined();
  });

  test.each(plantedCredentials.map(({ format, secret }) => [format, secret] as const))(
    'refuses to start when a %s survives',
    async (format, secret) => {
      const leaky = async (draft: Draft) => {
        const isThis = draft.kind === 'log' && draft.text?.includes(secret) === true;
        return isThis ? { draft, counts: {} } : redactFully(draft);
      };
      await expect(testRedaction(leaky)).rejects.toThrow(format);
    },
  );
});

test('leaves no mark of a text behind in the process', async () => {
  performance.clearMarks();
  await catchRest('a line of no interest\n');
  expect(performance.getEntriesByType('mark')).toEqual([]);
});
