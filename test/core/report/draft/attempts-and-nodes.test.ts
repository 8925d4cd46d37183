import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { node } from '../../../support/build-cluster-observations.ts';
import { container, deployment, digest, ended, event, imageID, pod, replicaSet, running } from '../../../support/build-observations.ts';
import { draftOf, partOf } from '../../../support/draft-of.ts';
import { timelineSection } from '../../../support/timeline-section.ts';

const controllers = [deployment(0), replicaSet(0)];
const probed = { imageID, readinessProbe: { httpGet: { path: '/ready', port: '80' } } };

/** An attempt that becomes ready after two seconds if at all, and ends after `lived`. */
function attempt(index: number, from: number, { lived, ready }: { readonly lived: number; readonly ready: boolean }) {
  const id = `containerd://${index}`;
  const own = { ...probed, restartCount: index, containerID: id };
  return [
    pod(from, { containers: [container({ ...own, state: running(from) })] }),
    ...(ready ? [pod(from + 2, { containers: [container({ ...own, ready: true, state: running(from) })] })] : []),
    pod(from + lived, { containers: [container({ ...own, state: ended(id, 1, from, from + lived) })] }),
  ];
}

const impactOf = (...attempts: readonly (readonly Observation[])[]) => partOf(draftOf([...controllers, ...attempts.flat()], 200), 'impact');

test('what the attempts were good for between start and end is told where a probe asked', () => {
  expect(impactOf(attempt(0, 1, { lived: 8, ready: true }), attempt(1, 20, { lived: 6, ready: true }))).toContain(
    '- Container `app` became ready in 2 of 2 attempts that ended, for 4 s to 6 s each [EV].',
  );
  expect(impactOf(attempt(0, 1, { lived: 8, ready: true }), attempt(1, 20, { lived: 6, ready: false }))).toContain(
    '- Container `app` became ready in 1 of 2 attempts that ended, for 6 s [EV].',
  );
  expect(impactOf(attempt(0, 1, { lived: 8, ready: false }))).toContain('- Container `app` became ready in none of 1 attempt [EV].');
});

test('a stretch in which all was well has a length', () => {
  const observations = [...controllers, ...attempt(0, 1, { lived: 8, ready: true }), ...attempt(1, 20, { lived: 60, ready: true })];
  expect(partOf(draftOf(observations, 100), 'response')).toContain('well for 58 s from 14:00:22 (T+13s) [EV]');
  expect(timelineSection(observations, 100, 'Milestones')[4]).toBe(
    '| First recovery | 14:00:22 | T+13s | derived: 1 of 1 ready, for 58 s | [EV] |',
  );
});

const lostNode = [
  ...controllers,
  pod(1, { containers: [container({ imageID, containerID: 'containerd://0', ready: true, state: running(1) })] }),
  event(51, { reason: 'NodeNotReady', message: 'Node is not ready', source: { component: 'node-controller' } }),
  pod(52, {
    conditions: [
      { type: 'Ready', status: 'False', lastTransitionTime: '2026-05-03T14:00:51Z' },
      { type: 'ContainersReady', status: 'True', lastTransitionTime: '2026-05-03T14:00:01Z' },
    ],
    containers: [container({ imageID, containerID: 'containerd://0', ready: true, state: running(1) })],
  }),
];

test('where only its pods tell of a lost node, what is missing is said', () => {
  const missing = '_no state of the node itself is on record_';
  expect(partOf(draftOf(lostNode, 200), 'steps')).toContain(`| ${missing} | \`kubectl describe node node-1\` |`);
  expect(partOf(draftOf([...lostNode, node(10, '7')], 200), 'steps')).not.toContain(missing);
});

test('of several containers the audit of images names each, and the timeline gives digests uncut', () => {
  const both = [
    { name: 'app', role: 'app' as const, image: 'registry.example/shop/api:1.4.2' },
    { name: 'shipper', role: 'app' as const, image: 'registry.example/shop/shipper:3' },
  ];
  const observations = [
    deployment(0, { containers: both }),
    replicaSet(0, { containers: both }),
    ...attempt(0, 1, { lived: 8, ready: true }),
  ];
  expect(partOf(draftOf(observations, 100), 'images')).toContain(
    '`app` on `shop/api:1.4.2@sha256:abababababab`, `shipper` on `shop/shipper:3` (no digest on record)',
  );
  expect(timelineSection(observations, 100, 'Images').at(-1)).toBe(`- \`registry.example/shop/api:1.4.2\` ran as \`${digest}\``);
});
