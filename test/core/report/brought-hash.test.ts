import { expect, test } from 'vitest';
import { reportWorkload } from '#core/report/report-workload.ts';
import { hashText } from '#core/wire/observation-id.ts';
import { nodeHash } from '../../../db/node-hash.ts';
import {
  container,
  deployment,
  ended,
  event,
  imageID,
  instant,
  key,
  log,
  pod,
  replicaSet,
  running,
} from '../../support/build-observations.ts';

const records = [
  deployment(0),
  replicaSet(0),
  pod(10, { containers: [container({ imageID, containerID: 'containerd://a', state: ended('containerd://a', 1, 5, 10) })] }),
  log(11, 'containerd://a', 'panic: no such table'),
  event(12, { reason: 'BackOff', message: 'Back-off restarting failed container api in pod' }),
  pod(20, { containers: [container({ ready: true, imageID, containerID: 'containerd://b', restartCount: 1, state: running(20) })] }),
];

test('the hash that is brought makes every name, and the engine makes the same ones', () => {
  const hashed: string[] = [];
  const watching = (text: string): string => {
    hashed.push(text);
    return nodeHash(text);
  };
  // Objects of their own: what was named before is not named again.
  const [pure, brought] = [hashText, watching].map((hash) => reportWorkload(key, structuredClone(records), instant(100_000), hash));
  expect(brought).toEqual(pure);
  expect(pure?.incidents.flatMap(({ documents }) => documents.map(({ kind }) => kind))).toEqual(['timeline', 'draft']);
  for (const kind of ['"pod"', '"event"', '"log"', '"termination"', '"incident"', '"workload"']) {
    expect(hashed.some((text) => text.startsWith(`[${kind},`))).toBe(true);
  }
});
