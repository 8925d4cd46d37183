import { expect, test } from 'vitest';
import { knownPodSpecs } from '../../../collector/trim/known-pod-specs.ts';
import { isObject, object } from '../../../collector/trim/read-field.ts';
import { trimContainerSpec } from '../../../collector/trim/trim-container-spec.ts';
import { trimPod } from '../../../collector/trim/trim-pod.ts';
import { readWatchLine, type WatchReading } from '../../../collector/watch/read-watch.ts';
import { watchedResources } from '../../../collector/watch/watched-resources.ts';
import { lastObject, recordedLines } from '../support/recorded.ts';

const unread = watchedResources.find(({ plural }) => plural === 'pods')?.unread ?? new Set();
const pod = lastObject('s20-sidecar-crash', 'pods');
const workload = { kind: 'Deployment', name: 'w', chain: [] };

/** What a collector makes of one line of a watch. */
function trimmedLine(read: object, specs: WatchReading['specs'] = knownPodSpecs) {
  const line = readWatchLine(Buffer.from(JSON.stringify({ type: 'MODIFIED', object: read })), { unread, hashed: true, specs });
  return line.kind === 'change' ? { draft: trimPod(line.object, workload), rawHash: line.rawHash, raw: line.object } : undefined;
}

test.each(['s20-sidecar-crash', 's24-seed-story'])('%s: pods read the same where their specs are known', (recording) => {
  for (const { object: said } of recordedLines(recording, 'pods')) {
    const plain = trimmedLine(said, undefined);
    const known = [trimmedLine(said), trimmedLine(said), trimmedLine(said)];
    expect(known.map((read) => read?.draft)).toEqual(known.map(() => plain?.draft));
    expect(known.map((read) => read?.rawHash)).toEqual(known.map(() => plain?.rawHash));
  }
});

test('a spec that is known is not parsed again, nor kept: there are values of env variables in it', () => {
  const changed = { ...pod, status: { ...object(pod.status), phase: 'Failed' } };
  trimmedLine(pod);
  const again = trimmedLine(changed);
  expect(again?.raw.spec).toEqual({});
  expect(again?.draft).toEqual(trimPod(changed, workload));
});

test('what states share is what trimming gives, and cannot be changed by one of them', () => {
  const { initContainers, containers, securityContext } = object(pod.spec);
  const specs = [initContainers, containers].flat().filter(isObject);
  trimmedLine(pod);
  const shared = trimmedLine(pod)?.draft?.containers ?? [];
  const trimmed = specs.map((raw): unknown => expect.objectContaining(trimContainerSpec(raw, object(securityContext))));
  expect(shared).toEqual(trimmed);
  const parts = shared.flatMap(({ resources, command }) => [resources, command].filter((part) => part !== undefined));
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.every((part) => Object.isFrozen(part))).toBe(true);
});

test('a spec that differs anywhere is another one', () => {
  trimmedLine(pod);
  const other = { ...pod, spec: { ...object(pod.spec), nodeName: 'another-node', securityContext: { runAsUser: 7 } } };
  expect(trimmedLine(other)?.draft).toEqual(trimPod(other, workload));
});

test('only right behind the metadata, where an API server writes it', () => {
  trimmedLine(pod);
  const { spec, ...rest } = pod;
  for (const odd of [
    { spec, ...rest },
    { ...rest, spec },
    { ...rest, metadata: pod.metadata, spec: [spec] },
  ]) {
    expect(trimmedLine(odd)?.draft).toEqual(trimPod(odd, workload));
  }
});
