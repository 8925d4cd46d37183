import { describe, expect, test } from 'vitest';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { buildIncidents } from '#core/incident/build-incidents.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, event, instant, key, log, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const ref = 'registry.example/shop/api:1.4.2';
const missing = `Back-off pulling image "${ref}": ErrImagePull: ${ref}: not found`;
const pulling = (seconds: number) =>
  pod(seconds, { phase: 'Pending', containers: [container({ state: waiting('ImagePullBackOff', missing) })] });
const dead = (seconds: number, id: string, restartCount: number, from = seconds - 2) =>
  pod(seconds + 1, { containers: [container({ restartCount, containerID: id, state: ended(id, 1, from, seconds) })] });

function incidentsOf(observations: readonly Observation[], now = 300) {
  return buildIncidents(toWorkloadHistory({ key, observations, now: instant(now) })).map(({ incident }) => incident);
}

describe('events are no log', () => {
  test('trap 48: without any event the status alone tells', () => {
    expect(toldOf([pulling(2)])).toEqual(['ImagePullBackOff image-pull not-found app']);
    expect(toldOf([dead(10, 'containerd://a', 0)])).toEqual(['Error startup unknown-app-exit app']);
  });

  test('trap 50 and 60: a count that leaps is told as it is, and is no second sign', () => {
    const tries = [
      [3, 1],
      [40, 19],
    ].map(([seconds = 0, count = 0]) =>
      event(3, { uid: 'e', reason: 'Failed', message: `Failed to pull image "${ref}": not found`, count, lastTimestamp: at(seconds) }),
    );
    expect(primaryOf([...tries, pulling(4)]).map((sign) => [sign.cause, sign.tries])).toEqual([['not-found', 19]]);
  });

  test('trap 52: two events of one failure are one sign, and BackOff means what its type says', () => {
    const both = [
      event(3, { uid: 'a', reason: 'Failed', message: `Failed to pull image "${ref}": ${ref}: not found` }),
      event(3, { uid: 'b', reason: 'Failed', message: 'Error: ErrImagePull' }),
      event(4, { uid: 'c', reason: 'BackOff', type: 'Normal', message: `Back-off pulling image "${ref}"` }),
    ];
    expect(toldOf([...both, pulling(5)])).toEqual(['ImagePullBackOff image-pull not-found app']);
  });

  test('trap 54: events of the new API have no first and last time', () => {
    const {
      firstTimestamp: _,
      lastTimestamp: __,
      count: ___,
      ...bare
    } = event(3, { uid: 'e', reason: 'Failed', message: `Failed to pull image "${ref}": not found` });
    const series = {
      ...bare,
      eventTime: '2026-05-03T14:00:03.250000Z',
      series: { count: 4, lastObservedTime: '2026-05-03T14:00:09.500000Z' },
    };
    expect(signsOf([series, pulling(4)], 10).map((sign) => [sign.from, sign.opens])).toEqual([[3.25, 9.5]]);
  });

  test('trap 80: the back-off of a node may be as short as a second; a loop is a loop', () => {
    const state = pod(20, {
      containers: [
        container({
          restartCount: 3,
          containerID: 'containerd://a',
          state: waiting('CrashLoopBackOff', 'back-off 1s restarting failed container=app'),
          lastState: ended('containerd://a', 1, 18, 19),
        }),
      ],
    });
    expect(toldOf([state])).toEqual(['CrashLoopBackOff startup unknown-app-exit app']);
  });

  test('trap 77: a probe that runs in the memory of the container and is killed for it', () => {
    const livenessProbe = { exec: { command: ['java', '-jar', 'check.jar'] }, periodSeconds: 10, failureThreshold: 3 };
    const state = pod(61, {
      containers: [
        container({
          livenessProbe,
          ready: true,
          restartCount: 1,
          containerID: 'containerd://b',
          state: running(61),
          lastState: ended('containerd://a', 137, 2, 60),
        }),
      ],
    });
    const unhealthy = event(50, {
      reason: 'Unhealthy',
      message:
        'Liveness probe failed: OCI runtime exec failed: exec failed: unable to start container process: read init-p: connection reset by peer (possibly OOM-killed)',
      count: 3,
      firstTimestamp: at(30),
    });
    const kill = event(50, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted' });
    expect(toldOf([state, unhealthy, kill])).toEqual(['LivenessProbeFailed running probe-error app']);
  });
});

describe('status and its counters', () => {
  test('trap 56: an attempt of less than a second has lived for 0 s, and its end may lie before an event of that second', () => {
    const state = dead(10, 'containerd://a', 0, 10);
    expect(primaryOf([state]).map((sign) => sign.summary)).toEqual(['Container app exited with code 1 after 0 s; no record says why.']);
  });

  test('trap 61: ends that only the restart counter proves are counted as not captured', () => {
    expect(incidentsOf([dead(10, 'containerd://a', 0), dead(200, 'containerd://e', 4)])[0]?.coverage).toMatchObject({
      terminationsSeen: 2,
      terminationsKnown: 5,
    });
  });

  test('trap 62: a counter that falls after a reboot invents no ends', () => {
    expect(incidentsOf([dead(10, 'containerd://a', 3), dead(200, 'containerd://b', 0)])[0]?.chapters).toMatchObject([{ terminations: 2 }]);
  });

  test('trap 63: a lastState that outlives its container is the same end', () => {
    const later = (seconds: number) =>
      pod(seconds, {
        containers: [
          container({
            ready: true,
            restartCount: 1,
            containerID: 'containerd://b',
            state: running(12),
            lastState: ended('containerd://a', 1, 8, 10),
          }),
        ],
      });
    expect(signsOf([dead(10, 'containerd://a', 0), later(13), later(500)]).map((sign) => [sign.from, sign.until, sign.deaths])).toEqual([
      [10, 13, 1],
    ]);
  });

  test('trap 66 and 67: the log of the attempt that died, or none', () => {
    const observations = [
      dead(10, 'containerd://a', 0),
      log(11, 'containerd://b', 'Error: connect ECONNREFUSED 10.0.0.7:5432\n', { restartCount: 1 }),
    ];
    expect(toldOf(observations)).toEqual(['Error startup unknown-app-exit app']);
    expect(incidentsOf(observations)[0]?.coverage.gaps.map((gap) => gap.kind)).toEqual(['log-missing']);
  });

  test('trap 69: the time of a condition does not move when only its reason changes', () => {
    const conditions = (reason: string) => [
      { type: 'PodScheduled', status: 'False', reason, message: '0/1 nodes are available: 1 Insufficient cpu.', lastTransitionTime: at(1) },
    ];
    const unscheduled = (seconds: number, reason: string) => {
      const { node: _, ...state } = pod(seconds, { phase: 'Pending', containers: [], conditions: conditions(reason) });
      return state;
    };
    expect(toldOf([unscheduled(2, 'SchedulingGated'), unscheduled(100, 'Unschedulable')])).toEqual([
      'SchedulingGated scheduling scheduling-gated -',
      'Pending scheduling insufficient-cpu -',
    ]);
  });

  test('trap 71: the same tag with another digest is another chapter', () => {
    const of = (seconds: number, id: string, restartCount: number, digest: string) =>
      pod(seconds + 1, {
        containers: [
          container({
            imageID: `registry.example/shop/api@sha256:${digest.repeat(32)}`,
            restartCount,
            containerID: id,
            state: ended(id, 1, seconds - 2, seconds),
          }),
        ],
      });
    expect(
      incidentsOf([of(10, 'containerd://a', 0, 'ab'), of(60, 'containerd://b', 1, 'cd')])[0]?.chapters.map(
        (chapter) => chapter.terminations,
      ),
    ).toEqual([1, 1]);
  });
});

describe('what is gone', () => {
  const lost = (reason: string) => log(60, 'containerd://a', '', { text: undefined, missing: { status: 404, reason } });

  test('trap 39: an eviction rests on its message; the log that went with the container is a gap', () => {
    const crashed = { restartCount: 1, containerID: 'containerd://b', lastState: ended('containerd://a', 1, 2, 20) };
    const message = 'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 9Mi. ';
    const observations = [
      pod(21, { containers: [container({ ...crashed, state: running(21) })] }),
      pod(50, {
        phase: 'Failed',
        reason: 'Evicted',
        message,
        containers: [container({ ...crashed, state: ended('containerd://b', 137, 21, 49) })],
      }),
      lost('container "app" in pod "api-7d9f-abcde" is not available'),
    ];
    const [incident] = incidentsOf(observations);
    expect(incident?.chapters.map(({ symptom, cause }) => [symptom, cause])).toEqual([
      ['Error', 'unknown-app-exit'],
      ['Evicted', 'evicted-ephemeral-storage'],
    ]);
    expect(incident?.coverage.gaps.map((gap) => gap.text)).toEqual([
      'log of instance 0 of container app in pod api-7d9f-abcde: container "app" in pod "api-7d9f-abcde" is not available',
    ]);
  });

  test('trap 83: a pod that was not found when its log was asked for still had the failure that was seen', () => {
    const [incident] = incidentsOf([dead(20, 'containerd://a', 0), lost('pods "api-7d9f-abcde" not found')]);
    expect(incident?.chapters.map((chapter) => chapter.symptom)).toEqual(['Error']);
    expect(incident?.coverage.gaps.map((gap) => gap.kind)).toEqual(['log-missing']);
    const ofNobody = event(5, {
      reason: 'Killing',
      message: 'Container app failed liveness probe, will be restarted',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-never', uid: 'never-listed' },
    });
    expect(incidentsOf([ofNobody])).toEqual([]);
  });
});
