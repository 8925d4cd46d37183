import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftIncident } from '#core/report/draft-incident.ts';
import { reportIncidents } from '#core/report/report-incidents.ts';
import { timelineIncident } from '#core/report/timeline-incident.ts';
import type { Observation } from '#core/wire/observation.ts';
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

const day = 24 * 60 * 60;

function ready(seconds: number, id: string, fields: Parameters<typeof pod>[1] = {}) {
  return pod(seconds, { containers: [container({ ready: true, imageID, containerID: id, state: running(seconds) })], ...fields });
}

function died(seconds: number, id: string, fields: Parameters<typeof pod>[1] = {}) {
  return pod(seconds, {
    containers: [container({ imageID, containerID: id, restartCount: 0, state: ended(id, 1, seconds - 20, seconds) })],
    ...fields,
  });
}

const story: readonly Observation[] = [
  deployment(0),
  replicaSet(0),
  ready(10, 'containerd://a'),
  died(100, 'containerd://a'),
  log(101, 'containerd://a', 'panic: no such table'),
  ready(102, 'containerd://b'),
];

/** What the same workload does when the incident has long been over. */
const afterwards: readonly Observation[] = [
  deployment(day, { revision: '2', containers: [{ name: 'app', role: 'app', image: 'registry.example/shop/api:2.0.0' }] }),
  replicaSet(day, { name: 'api-5c8b', uid: 'rs-2', revisionHash: '5c8b', revision: '2' }),
  event(day + 5, { reason: 'BackOff', message: 'Back-off restarting failed container app' }),
  pod(day + 1, { deletionTimestamp: '2026-05-04T14:00:01Z' }),
  ready(day + 2, 'containerd://c', { name: 'api-5c8b-fghij', uid: 'pod-2', revisionHash: '5c8b', createdAt: '2026-05-04T14:00:02Z' }),
  died(2 * day, 'containerd://c', { name: 'api-5c8b-fghij', uid: 'pod-2', revisionHash: '5c8b', createdAt: '2026-05-04T14:00:02Z' }),
  deployment(3 * day, { revision: '2', deleted: true }),
];

describe('documents of an incident that is over', () => {
  const [first] = reportIncidents(key, story, instant(600));

  test('name the moment at which it was over, whenever they are made', () => {
    expect(first?.documents.map(({ kind, watermark }) => [kind, watermark])).toEqual([
      ['timeline', instant(402)],
      ['draft', instant(402)],
    ]);
    expect(reportIncidents(key, story, instant(9 * day))[0]).toEqual(first);
  });

  test('stay as they are, whatever the workload does later', () => {
    fc.assert(
      fc.property(fc.subarray([...afterwards]), (later) => {
        const source = { key, observations: [...later, ...story], watermark: instant(4 * day) };
        expect(reportIncidents(key, source.observations, source.watermark)[0]).toEqual(first);
        const id = first?.incident.id ?? '';
        expect([timelineIncident(source, id)?.parts[0], draftIncident(source, id)?.parts[0]]).toEqual(
          first?.documents.map(({ markdown }) => markdown),
        );
      }),
    );
  });

  test('change when a record comes late that belongs to it', () => {
    const late = event(99, { reason: 'Unhealthy', message: 'Liveness probe failed: HTTP probe failed with statuscode: 503' });
    const [report] = reportIncidents(key, [...story, late], instant(600));
    expect(report?.documents[0]?.inputHash).not.toBe(first?.documents[0]?.inputHash);
    expect(report?.documents[0]?.markdown).toContain('statuscode: 503');
  });

  test('the next incident knows of it, and not the other way round', () => {
    const [one, two] = reportIncidents(key, [...story, ...afterwards], instant(4 * day));
    const [before, after] = [one, two].map((report) => report?.documents.find(({ kind }) => kind === 'draft')?.markdown ?? '');
    expect(after).toContain(one?.incident.id);
    expect(before).not.toContain(two?.incident.id);
  });
});

test('a collector that was away saw everything late: nothing it knows is left out', () => {
  // The death is seen, by lastState, only when the workload has been deleted.
  const seenLate = pod(2 * day, {
    deleted: true,
    containers: [
      container({
        ready: true,
        imageID,
        restartCount: 1,
        containerID: 'containerd://b',
        lastState: ended('containerd://a', 137, 80, 100, 'OOMKilled'),
        state: running(102),
      }),
    ],
  });
  const [report] = reportIncidents(
    key,
    [deployment(0), ready(10, 'containerd://a'), deployment(2 * day, { deleted: true }), seenLate],
    instant(3 * day),
  );
  expect(report?.incident.status).toBe('ended');
  expect(report?.documents[0]?.markdown).toContain('OOMKilled');
});
