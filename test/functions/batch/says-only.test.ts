import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { parseBatch } from '../../../functions/batch/parse-batch.ts';
import { saysOnly } from '../../../functions/batch/says-only.ts';
import { container, deployment, event, log, pod } from '../../support/build-observations.ts';
import { ndjson } from '../../support/send-batch.ts';

const dial = 'Get "http://10.0.0.1:8080/readyz": dial tcp: refused';
/** With what could be taken for a field: quotes, colons, backslashes, in every neighbourhood. */
const text = array(oneof(constantFrom('"', ':', '\\', ' ', '\n', '": ', '\\":', '"k":"v"', dial), string({ maxLength: 4 })), {
  maxLength: 8,
}).map((parts) => `x${parts.join('')}`);
const observations = array(text, { minLength: 3, maxLength: 3 }).map(([a = '', b = '', c = '']): readonly Observation[] => [
  pod(1, { containers: [container({ command: [a, b], state: { waiting: { reason: 'Error', message: c } } })], labels: { [`l${b}`]: c } }),
  event(2, { uid: 'event-1', reason: 'Unhealthy', message: a }),
  log(3, 'containerd://c1', b),
  deployment(4),
]);

test('what a collector writes is only what its observations say, whatever stands in their texts', () => {
  assert(
    property(observations, (sent) => {
      expect(read(ndjson(sent))).toBe(true);
    }),
  );
});

test('nothing beside them is overlooked: a field of no schema, one that is there twice, null, blanks before a colon', () => {
  const hidden = [
    '"unknown":"x"',
    '"kind":"other"',
    '"id":"x"',
    '"reason":null',
    '"unknown": {"a":[{"b":1}]}',
    '"unknown" :1',
    '"unknown"\t\r:1',
    '"\\u006bind":"x"',
    '"a\\\\":1',
  ];
  assert(
    property(observations, nat(3), nat(3), constantFrom(...hidden), (sent, line, other, field) => {
      const lines = ndjson(sent).split('\n');
      lines[line] = `{${field},${lines[line]?.slice(1)}`;
      // A blank before a colon elsewhere, which counting alone would miss, must not make up for it.
      lines[other] = lines[other]?.replace(/^(.*?"observedAt"):/, '$1 :') ?? '';
      expect(read(lines.join('\n'))).toBe(false);
    }),
  );
});

function read(body: string): boolean {
  const { rejected, written } = parseBatch(Buffer.from(body));
  expect(rejected).toEqual([]);
  return written !== undefined && saysOnly(written);
}
