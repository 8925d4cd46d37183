import { expect, test } from 'vitest';
import { toWorkloadHistory } from '../../../core/history/workload-history.ts';
import { readOnce } from '../../../core/rules/read-once.ts';

const key = { cluster: 'c', namespace: 'n', kind: 'Deployment', name: 'd' };
const workloadOf = () => toWorkloadHistory({ key, observations: [], now: 0 });

test('a text is read once for each workload, also where nothing was found in it', () => {
  const read: string[] = [];
  const once = readOnce<string | undefined>();
  const [first, second] = [workloadOf(), workloadOf()];
  const ask = (workload: typeof first, text: string) =>
    once(workload, text, () => {
      read.push(text);
      return text === 'nothing' ? undefined : `found in ${text}`;
    });
  expect([ask(first, 'a'), ask(first, 'a'), ask(first, 'nothing'), ask(first, 'nothing'), ask(second, 'a')]).toEqual([
    'found in a',
    'found in a',
    undefined,
    undefined,
    'found in a',
  ]);
  expect(read).toEqual(['a', 'nothing', 'a']);
});
