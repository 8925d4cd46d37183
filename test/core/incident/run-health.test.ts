import { describe, expect, test } from 'vitest';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { buildIncidents } from '#core/incident/build-incidents.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, instant, key, running } from '../../support/build-observations.ts';
import { complete, cronRun, exportJob, failed, job, jobPod, nightly } from '../rules/job-observations.ts';

function incidentsOf(workload: { kind: string; name: string }, observations: readonly Observation[], now: number) {
  return buildIncidents(toWorkloadHistory({ key: { ...key, ...workload }, observations, now: instant(now) })).map(
    ({ incident }) => incident,
  );
}

function ends(seconds: number, uid: string, exitCode: number) {
  const state = ended(`containerd://${uid}`, exitCode, seconds - 5, seconds);
  return jobPod(seconds + 1, uid, {
    createdAt: at(seconds - 6),
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    containers: [container({ containerID: `containerd://${uid}`, state })],
  });
}

const retries = (seconds: number, uid: string) =>
  jobPod(seconds, uid, {
    createdAt: at(seconds - 1),
    conditions: [{ type: 'Ready', status: 'True' }],
    containers: [container({ ready: true, containerID: `containerd://${uid}`, state: running(seconds) })],
  });

describe('a Job', () => {
  test('that tries again has not recovered, however ready its pod is', () => {
    expect(incidentsOf(exportJob, [job(0), ends(10, 'p1', 1), retries(30, 'p2')], 60)).toMatchObject([
      { status: 'open', chapters: [{ symptom: 'Error' }] },
    ]);
  });

  test('is at its end when it succeeded at last, and when it gave up', () => {
    const done = [job(0), ends(10, 'p1', 1), retries(30, 'p2'), ends(60, 'p2', 0), job(62, { conditions: complete(62) })];
    expect(incidentsOf(exportJob, done, 90)).toMatchObject([{ status: 'ended', chapters: [{ symptom: 'Error' }] }]);
    const gaveUp = [job(0), ends(10, 'p1', 1), job(12, { conditions: failed(12) })];
    expect(incidentsOf(exportJob, gaveUp, 90)).toMatchObject([{ status: 'ended', chapters: [{ symptom: 'JobFailed', terminations: 1 }] }]);
  });
});

describe('a CronJob', () => {
  const run = (uid: string, observations: Parameters<typeof cronRun>[1][]) => observations.map((item) => cronRun(uid, item));
  const bad = (seconds: number, uid: string) =>
    run(uid, [job(seconds), ends(seconds + 10, `${uid}-p`, 1), job(seconds + 12, { conditions: failed(seconds + 12) })]);
  const good = (seconds: number, uid: string) =>
    run(uid, [job(seconds), ends(seconds + 10, `${uid}-p`, 0), job(seconds + 12, { conditions: complete(seconds + 12) })]);

  test('a failed run never ends the incident, and a run before it does not heal it', () => {
    expect(incidentsOf(nightly, [...good(0, 'n1'), ...bad(300, 'n2')], 9000)).toMatchObject([
      { status: 'open', chapters: [{ symptom: 'JobFailed' }] },
    ]);
  });

  test('a run that succeeds recovers it, also in the eyes of a failure that follows', () => {
    const [recovered] = incidentsOf(nightly, [...bad(0, 'n1'), ...good(3600, 'n2')], 3700);
    expect(recovered).toMatchObject({ status: 'recovered', settled: false, recoveredAt: at(3612) });
    expect(incidentsOf(nightly, [...bad(0, 'n1'), ...good(3600, 'n2'), ...bad(7200, 'n3')], 9000).map((item) => item.status)).toEqual([
      'recovered',
      'open',
    ]);
  });
});
