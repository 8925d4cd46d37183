import { expect, test } from 'vitest';
import { buildMarkers, type TrendEntry } from '#core/trends/build-markers.ts';
import { rollout } from '../../support/build-ledger-rows.ts';
import { digest, instant } from '../../support/build-observations.ts';

const daySeconds = 86_400;
const image = { ref: 'registry.example/shop/api:1.4.2', tag: '1.4.2', digest };
const next = { ref: 'registry.example/shop/api:1.5.0', tag: '1.5.0', digest: `sha256:${'cd'.repeat(32)}` };
const span = { since: instant(-10 * daySeconds), until: instant(21 * daySeconds) };

function death(seconds: number, fields: Partial<TrendEntry> = {}): TrendEntry {
  return {
    at: instant(seconds),
    container: 'app',
    image,
    memoryLimit: '512Mi',
    ...fields,
  };
}

const before = rollout(-20 * daySeconds, { memoryLimit: '512Mi' });
const raised = rollout(0, { from: image, to: image, memoryLimitFrom: '512Mi', memoryLimit: '768Mi' });
/** Fourteen a day on the ten days before. */
const killed = Array.from({ length: 140 }, (_, index) => death(-10 * daySeconds + (index * 10 * daySeconds) / 140));

test('a limit change says what was before and after it', () => {
  const [marker] = buildMarkers([before, raised], killed, span);
  expect(marker).toMatchObject({
    kind: 'limit-change',
    before: { count: 140, days: 10, perDay: 14 },
    after: { count: 0, days: 21, perDay: 0 },
  });
  expect(marker?.summary).toBe('512Mi → 768Mi on 3 May: 14 a day before, 0 in the 21 days after');
});

test('a death after the change that still had the old limit counts as before; one with the new limit does not', () => {
  const [marker] = buildMarkers([before, raised], [...killed, death(30), death(60, { memoryLimit: '768Mi' })], span);
  expect([marker?.before.count, marker?.after.count]).toEqual([141, 1]);
});

test('a release is counted until the next one, whatever happens to the limit in between', () => {
  const release = rollout(daySeconds, { from: image, to: next, memoryLimitFrom: '768Mi', memoryLimit: '768Mi' });
  const back = rollout(3 * daySeconds, { kind: 'rollback', from: next, to: image, memoryLimitFrom: '768Mi', memoryLimit: '768Mi' });
  const late = { image: next, memoryLimit: '768Mi' };
  const deaths = [death(daySeconds + 60, late), death(2 * daySeconds, late), death(3 * daySeconds + 5, late)];
  const markers = buildMarkers([before, raised, release, back], deaths, span);
  expect(markers.map(({ kind, before: was, after }) => [kind, was.count, after.count])).toEqual([
    ['limit-change', 0, 3],
    ['rollout', 0, 2],
    ['rollback', 3, 0],
  ]);
});

test('changes of a container that does not die, and of times outside, are no markers', () => {
  const sidecar = rollout(10, { container: 'proxy', from: image, to: next });
  const old = rollout(-15 * daySeconds, { from: next, to: image });
  expect(buildMarkers([before, old, sidecar], killed, span)).toEqual([]);
});

test('many changes leave the limits and the rollbacks, and the newest of the others', () => {
  const many = Array.from({ length: 60 }, (_, index) => rollout(100 + index, { from: image, to: next, evidence: `EV-${index}` }));
  const markers = buildMarkers([before, raised, ...many], killed, span);
  expect(markers).toHaveLength(30);
  expect(markers[0]?.kind).toBe('limit-change');
  expect(markers.at(-1)?.evidence).toBe('EV-59');
});
