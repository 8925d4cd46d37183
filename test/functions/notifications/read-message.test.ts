import { describe, expect, test } from 'vitest';
import { newestPerKey } from '../../../functions/notifications/newest-per-key.ts';
import { readMessage } from '../../../functions/notifications/read-message.ts';
import { notificationOf } from '../../support/s3/notification.ts';

const digest = 'a'.repeat(64);
const keyOf = (cluster: string) => `observations/${cluster}/2026/05/03/${digest}.ndjson.gz`;
const created = (key: string) => notificationOf({ bucket: 'mortem', key, sequencer: '0A', size: 1 });

describe('read', () => {
  test('a notification of S3 about a new batch', () => {
    expect(readMessage(created(keyOf('prod-eu-1')))).toEqual({ kind: 'process', batches: [`prod-eu-1/${digest}`] });
  });

  test('several objects in one notification', () => {
    const records = ['a', 'b'].flatMap((cluster) => (JSON.parse(created(keyOf(cluster))) as { Records: unknown[] }).Records);
    expect(readMessage(JSON.stringify({ Records: records }))).toEqual({ kind: 'process', batches: [`a/${digest}`, `b/${digest}`] });
  });

  test('what redrive sent', () => {
    expect(readMessage(JSON.stringify({ batch: `prod/${digest}` }))).toEqual({ kind: 'process', batches: [`prod/${digest}`] });
  });
});

describe('nothing to do', () => {
  test.each([
    ['the event with which S3 tries a new notification', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'mortem' })],
    ['an object that is no batch', created('exports/a b+c.csv')],
    ['a key that leaves its folder', created(`observations/../../2026/05/03/${digest}.ndjson.gz`)],
    ['a removal', created(keyOf('prod')).replace('ObjectCreated:Put', 'ObjectRemoved:Delete')],
    ['a key that cannot be decoded', created('observations/x').replace('observations/x', 'observations/%E0%A4%A')],
  ])('%s', (_name, body) => {
    expect(readMessage(body)).toEqual({ kind: 'nothing' });
  });
});

test.each(['', 'no json', '{}', '[]', '{"batch":""}', '{"Records":[{"eventName":"ObjectCreated:Put"}]}'])('%j cannot be read', (body) => {
  expect(readMessage(body)).toMatchObject({ kind: 'unreadable' });
});

describe('of several notifications about one object the newest counts', () => {
  test.each([
    ['0055AED6DCD90281E5', '0055AED6DCD90281E6', '0055AED6DCD90281E6'],
    ['FF', '100', '100'],
    ['100', 'FF', '100'],
    ['00ff', '0100', '0100'],
    ['', '1', '1'],
  ])('%s and %s: %s', (first, second, newest) => {
    expect(newestPerKey([first, second].map((sequencer) => ({ key: 'a', sequencer })))).toEqual([{ key: 'a', sequencer: newest }]);
  });

  test('keys are not compared with each other', () => {
    const events = [
      { key: 'a', sequencer: 'FF' },
      { key: 'b', sequencer: '01' },
    ];
    expect(newestPerKey(events)).toEqual(events);
  });

  test('a batch that was written and then removed is not processed', () => {
    const records = [
      ['ObjectRemoved:Delete', '0B'],
      ['ObjectCreated:Put', '0A'],
    ].map(([eventName, sequencer]) => ({ eventName, s3: { object: { key: keyOf('prod'), sequencer } } }));
    expect(readMessage(JSON.stringify({ Records: records }))).toEqual({ kind: 'nothing' });
  });
});
