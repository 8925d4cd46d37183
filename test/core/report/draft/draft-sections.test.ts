import { describe, expect, test } from 'vitest';
import { observationId } from '#core/wire/observation-id.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Observation } from '#core/wire/observation.ts';
import {
  at,
  container,
  deployment,
  ended,
  event,
  imageID,
  log,
  pod,
  replicaSet,
  running,
  waiting,
} from '../../../support/build-observations.ts';
import { builtFrom, draftOf, partOf } from '../../../support/draft-of.ts';

/** Two deaths of one container, of which the store has the log of the first. */
function crashLoop(): readonly Observation[] {
  const first = ended('containerd://a', 3, 2, 4);
  const second = ended('containerd://b', 3, 14, 16);
  return [
    deployment(0, { selector: { app: 'api' }, replicas: { wanted: 2 } }),
    replicaSet(0, { revision: '7' }),
    pod(5, { containers: [container({ imageID, containerID: 'containerd://a', state: first })] }),
    pod(17, { containers: [container({ imageID, restartCount: 1, containerID: 'containerd://b', state: second, lastState: first })] }),
    log(6, 'containerd://a', 'starting\nERROR: shop is closed\n'),
    log(18, 'containerd://b', '', { text: undefined, restartCount: 1, missing: { status: 404, reason: 'container "app" not found' } }),
  ];
}

function stepsOf(draft: string): readonly (readonly string[])[] {
  const rows = partOf(draft, 'steps').split('\n').slice(2);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

describe('the fixed six steps', () => {
  test('say what was found, what is missing and why, and how to check it', () => {
    expect(stepsOf(draftOf(crashLoop(), 60))).toEqual([
      ['1 Symptom and restarts', '**`CrashLoopBackOff`**; 1 restart [EV]', '', '`kubectl get pods -n shop -l app=api -o wide`'],
      [
        '2 Lifecycle state and events',
        'startup, exit code 3 ×2, 2 s after start [EV] [EV]',
        '',
        '`kubectl describe pod api-7d9f-abcde -n shop`',
      ],
      [
        '3 Current logs',
        '_none on record of a running instance; step 4 has those that ended_',
        '',
        '`kubectl logs api-7d9f-abcde -n shop -c app`',
      ],
      [
        '4 Previous logs',
        'container `app`: 1 of 2 kept; its last line `ERROR: shop is closed` [EV]',
        '_1 log:_ `container "app" not found`',
        '`kubectl logs api-7d9f-abcde -n shop -c app --previous` (shows one instance only)',
      ],
      [
        '5 Events in time order',
        '_no event about the workload, its pods or nodes was recorded_',
        '',
        '`kubectl get events -n shop --sort-by=.lastTimestamp` (a cluster forgets events, by default after 1 h)',
      ],
      [
        '6 Owning workload',
        'Deployment, revision `1`, 2 replicas wanted; 1 revision on record, none rolled out during the incident [EV]',
        '_no change cause is annotated_',
        '`kubectl rollout history deploy/api -n shop`',
      ],
    ]);
  });

  test('terminations that only restartCount proves are said to be missing', () => {
    const observations = crashLoop().map((item) =>
      item.kind === 'pod' && item.resourceVersion > '1000000005'
        ? { ...item, containers: item.containers.map((status) => ({ ...status, restartCount: (status.restartCount ?? 0) + 3 })) }
        : item,
    );
    const draft = draftOf(observations, 60);
    expect(stepsOf(draft)[0]?.[2]).toBe('_3 of 5 terminations: restartCount proves them, no record shows them_');
    expect(partOf(draft, 'questions')).toContain('How did the ends come about that no record shows?');
  });

  test('the log of an instance that still ran is a current one', () => {
    const status = container({ imageID, containerID: 'containerd://c', state: running(2), readinessProbe: { httpGet: { port: '8080' } } });
    const observations = [
      deployment(0),
      replicaSet(0),
      pod(3, { containers: [status] }),
      event(5, {
        reason: 'Unhealthy',
        message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
        count: 20,
        lastTimestamp: at(90),
      }),
      log(40, 'containerd://c', 'listening on 8080\n', { final: false }),
    ];
    expect(stepsOf(draftOf(observations, 120))[2]?.[1]).toBe(
      'container `app`, instance 0, read while it ran, last line `listening on 8080` [EV]',
    );
  });

  test('a change cause is said to be there, and not who wrote it', () => {
    const observations = crashLoop().map((item) => (item.kind === 'workload' ? { ...item, changeCause: 'kubectl apply by jane' } : item));
    const draft = draftOf(observations, 60);
    expect(stepsOf(draft)[5]?.[2]).toBe('');
    expect(draft).not.toContain('jane');
  });

  test('a name that a shell would act on is quoted in every command', () => {
    const draft = draftOf(
      crashLoop().map((item) => (item.kind === 'pod' ? { ...item, name: 'api; rm -rf ~' } : item)),
      60,
    );
    expect(stepsOf(draft)[1]?.[3]).toBe("`kubectl describe pod 'api; rm -rf ~' -n shop`");
  });
});

describe('how it ended', () => {
  const well = container({ imageID, restartCount: 2, ready: true, containerID: 'containerd://c', state: running(30) });

  test('nothing changed before the recovery', () => {
    const draft = draftOf([...crashLoop().map(onlyOne), pod(31, { containers: [well] })], 1000);
    expect(partOf(draft, 'summary')).toContain('It recovered at 14:00:31 [EV]; no change to it was recorded in between.');
    expect(partOf(draft, 'provenance')).toMatch(/^> Facts with their evidence/);
    expect(partOf(draft, 'provenance')).toContain('recovered, settled');
  });

  test('recovered but not settled says that it was made live', () => {
    const draft = draftOf([...crashLoop().map(onlyOne), pod(31, { containers: [well] })], 60);
    expect(partOf(draft, 'provenance')).toContain(
      'The incident is recovered but not settled (the data ends 29 s later), so this was made live and changes while data arrives.',
    );
    expect(partOf(draft, 'questions')).toContain('Did it stay well? The data ends at 14:01:00.');
  });

  test('deleted', () => {
    const draft = draftOf([...crashLoop(), deployment(50, { deleted: true })], 60);
    expect(partOf(draft, 'summary')).toContain('The workload came to its end at 14:00:50: it was deleted [EV].');
  });

  test('scaled to zero', () => {
    const draft = draftOf([...crashLoop(), deployment(50, { replicas: { wanted: 0 } })], 60);
    expect(partOf(draft, 'summary')).toContain('The workload came to its end at 14:00:50: it was scaled to zero [EV].');
  });

  function onlyOne(item: Observation): Observation {
    return item.kind === 'workload' ? { ...item, replicas: { wanted: 1 } } : item;
  }
});

test('capacity is counted replica by replica', () => {
  expect(partOf(draftOf(crashLoop(), 64), 'impact').split('\n')).toEqual([
    '- Wanted replicas were not ready for 2 min of 2 min of replica time (derived from the Ready conditions); lowest 0 of 2 ready at 14:00:04 [EV].',
    '- Pods affected: 1 of 1 that existed then; 2 deaths of failing containers, 1 restart [EV].',
    '- Ready only means that the processes ran: there is no readiness probe [EV].',
    '- _Users, requests and data: no record shows them._',
  ]);
});

test('every gap becomes a question', () => {
  const note = (kind: CoverageObservation['note'], fields: Partial<CoverageObservation> = {}): CoverageObservation => {
    const draft = { kind: 'coverage' as const, collector: 'mortem', note: kind, from: at(10), to: at(14), ...fields };
    return { ...draft, id: observationId(draft), observedAt: at(14), cluster: 'test' };
  };
  const notes = [
    note('watch-gap', { resource: 'pods', reason: 'connection lost' }),
    note('forbidden', { resource: 'nodes', reason: 'nodes is forbidden' }),
  ];
  const questions = partOf(draftOf([...crashLoop(), ...notes], 60), 'questions').split('\n');
  expect(questions.toSorted()).toEqual(
    [
      '- What did the process print before it ended? (`log of instance 1 of container app in pod api-7d9f-abcde: container "app" not found`)',
      '- What happened while the watch was interrupted? (`watch-gap: pods: connection lost` from 14:00:10 to 14:00:14)',
      '- Is it meant that the collector may not read this? (`forbidden: nodes: nodes is forbidden` from 14:00:10 to 14:00:14)',
      '- What made `app` fail as `CrashLoopBackOff`? The records show only how its log ends (step 4).',
      '- Is it over by now? The data ends at 14:01:00 while it lasts.',
    ].toSorted(),
  );
});

describe('options', () => {
  test('an organisation may call the factors what it must', () => {
    const draft = draftOf(crashLoop(), 60, { heading: 'Root cause(s) | <b>' });
    expect(draft).toContain('\n## Root cause(s) | \\<b>\n');
    expect(draft).not.toContain('## Contributing factors');
  });

  test('a time zone stands beside UTC', () => {
    const draft = draftOf(crashLoop(), 60, { timezone: 'Asia/Kolkata' });
    expect(partOf(draft, 'images')).toContain('| From, UTC | Asia/Kolkata |');
    expect(partOf(draft, 'images')).toContain('| 14:00:00 | 2026-05-03 19:30:00 |');
    expect(partOf(draft, 'evidence')).toContain('| UTC | Asia/Kolkata | Record |');
  });

  test('earlier incidents of the workload, newest first', () => {
    const { incident } = builtFrom(crashLoop(), 60);
    const earlier = [1, 2, 3, 4, 5, 6].map((month) => ({
      ...incident,
      id: `INC-000000000000000${month}` as const,
      onsetAt: `2026-0${month}-01T10:00:00Z`,
      status: 'recovered' as const,
    }));
    expect(partOf(draftOf(crashLoop(), 60, { earlier }), 'recurrence').split('\n')).toEqual([
      ...[6, 5, 4, 3, 2].map(
        (month) =>
          `- 2026-0${month}-01T10:00:00Z, \`INC-000000000000000${month}\`, recovered: \`CrashLoopBackOff\` on \`1.4.2@sha256:abababababab\`, 2 deaths`,
      ),
      '- _1 older: mortem get incidents lists them._',
      '',
      '_What the same image did in other workloads is not told here:_ `mortem audit rollbacks --image sha256:abababababab -A`',
    ]);
  });

  test('the timeline is linked where it lies beside the draft, and named elsewhere', () => {
    expect(draftOf(crashLoop(), 60, { linksTimeline: true })).toContain('[timeline](timeline.md)');
    expect(draftOf(crashLoop(), 60)).toMatch(/timeline: `mortem timeline INC-[0-9a-f]{16}`/);
  });
});

test('many chapters stay within one screen of each table', () => {
  const images = Array.from({ length: 30 }, (_, index) => `registry.example/shop/api:${'9'.repeat(100)}-${index}`);
  const observations = [
    deployment(0),
    ...images.flatMap((image, index) => [
      replicaSet(index * 20, {
        uid: `rs-${index}`,
        name: `api-${index}`,
        revision: String(index + 1),
        revisionHash: String(index),
        createdAt: at(index * 20),
        containers: [{ name: 'app', role: 'app', image }],
      }),
      pod(index * 20 + 1, {
        uid: `pod-${index}`,
        name: `api-${index}-${'x'.repeat(200)}`,
        createdAt: at(index * 20),
        revisionHash: String(index),
        containers: [container({ image, state: waiting('ErrImagePull', 'registry says no '.repeat(50)) })],
      }),
    ]),
  ];
  const draft = draftOf(observations, 1000);
  expect(builtFrom(observations, 1000).chapters).toHaveLength(30);
  expect(Buffer.byteLength(draft)).toBeLessThan(60_000);
  expect(partOf(draft, 'summary')).toContain('- _24 more are in the timeline._');
});
