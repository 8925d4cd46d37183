import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { coverage, usage } from '../../support/build-cluster-observations.ts';
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
} from '../../support/build-observations.ts';
import { timelineSection as section } from '../../support/timeline-section.ts';

const limited = { resources: { limits: { memory: '192Mi' }, requests: { memory: '64Mi' } }, imageID };

/** One OOM kill per entry: start and end of the attempt, in seconds. */
function oomLoop(attempts: readonly (readonly [from: number, to: number])[], fields: Parameters<typeof container>[0] = {}) {
  return [
    deployment(0),
    replicaSet(0),
    ...attempts.flatMap(([from, to], index) => {
      const id = `containerd://${index}`;
      const own = { ...limited, ...fields, restartCount: index, containerID: id };
      return [
        pod(from, { containers: [container({ ...own, ready: true, state: running(from) })] }),
        pod(to, { containers: [container({ ...own, state: ended(id, 137, from, to, 'OOMKilled') })] }),
      ];
    }),
  ];
}

describe('memory', () => {
  test('limit, request, and what the attempts have in common', () => {
    expect(
      section(
        oomLoop([
          [1, 8],
          [20, 27],
          [60, 67],
        ]),
        70,
        'Memory',
      ),
    ).toEqual([
      '| Container | Image | Limit | Request | Attempts | Killed | Highest sample before | Evidence |',
      '| - | - | - | - | - | - | - | - |',
      '| `api-7d9f-abcde/app` | `1.4.2` | `192Mi` | `64Mi` | 3 (instances 0 to 2) | at once, 7 s after each start | not recorded | [EV] [EV] |',
      '- No heap size is set in command or args of container `app` [EV].',
    ]);
  });

  test.each([
    [
      [
        [0, 100],
        [200, 310],
        [400, 505],
      ],
      'steady, 1 min 40 s to 1 min 50 s after each start (1 min 40 s, 1 min 50 s, 1 min 45 s)',
    ],
    [
      [
        [0, 20],
        [30, 90],
        [100, 300],
      ],
      'growing, from 20 s to 3 min 20 s after start (20 s, 1 min, 3 min 20 s)',
    ],
    [
      [
        [0, 200],
        [300, 360],
        [400, 420],
      ],
      'shrinking, from 3 min 20 s to 20 s after start (3 min 20 s, 1 min, 20 s)',
    ],
    [
      [
        [0, 20],
        [30, 230],
        [300, 330],
      ],
      'irregular, 20 s to 3 min 20 s after start (20 s, 3 min 20 s, 30 s)',
    ],
    [[[0, 20]], '20 s after its start'],
  ] as const)('shape over attempts: %j', (attempts, words) => {
    expect(section(oomLoop(attempts), 600, 'Memory')[2]).toContain(` | ${words} | `);
  });

  test('a heap above the limit, and samples before the kill', () => {
    const observations = [
      ...oomLoop([[1, 8]], { args: ['-Xmx256m'] }),
      usage(8, 'containerd://0', [
        { at: at(2), bytes: 54 * 2 ** 20 },
        { at: at(7), bytes: 190 * 2 ** 20 },
      ]),
    ];
    const [, , row, heap] = section(observations, 20, 'Memory');
    expect(row).toContain('| 190 MiB, 99 % of the limit, from 54 MiB (2 samples) [EV] |');
    expect(heap).toBe('- Heap of container `app`: `-Xmx256m`, 133 % of the limit [EV].');
  });

  test('limits that changed between revisions', () => {
    const template = (limit: string) => [
      { name: 'app', role: 'app' as const, image: 'registry.example/shop/api:1.4.2', resources: { limits: { memory: limit } } },
    ];
    const observations = [
      ...oomLoop([[1, 8]]).slice(2),
      deployment(0),
      replicaSet(0, { containers: template('192Mi') }),
      replicaSet(30, {
        name: 'api-5c8b',
        uid: 'rs-2',
        revisionHash: '5c8b',
        revision: '2',
        createdAt: at(30),
        containers: template('256Mi'),
      }),
    ];
    expect(section(observations, 40, 'Memory').at(-1)).toBe(
      '- Limit and request of container `app` by revision: `1`: `192Mi` and none [EV]; `2`: `256Mi` and none [EV].',
    );
  });
});

describe('logs', () => {
  const crash = (index: number, from: number, fields = {}) =>
    pod(from + 5, {
      containers: [
        container({
          imageID,
          restartCount: index,
          containerID: `containerd://${index}`,
          state: ended(`containerd://${index}`, 1, from, from + 5),
          ...fields,
        }),
      ],
    });

  test('the first is shown, those that end the same way are counted, and the one that differs is shown as well', () => {
    const texts = [
      'boot 1\npanic: no such table',
      'boot 22\npanic: no such table',
      'boot 3\npanic: no such table',
      'boot 4\nfatal: disk full',
    ];
    const observations = [
      deployment(0),
      replicaSet(0),
      ...texts.flatMap((text, index) => [
        crash(index, index * 30),
        log(index * 30 + 6, `containerd://${index}`, text, { restartCount: index }),
      ]),
    ];
    const lines = section(observations, 200, 'Previous logs');
    expect(lines.filter((line) => line.startsWith('Log of'))).toEqual([
      'Log of `api-7d9f-abcde/app`, instance 0 (2 lines, 0 redactions); instances 1 and 2 end the same way:',
      'Log of `api-7d9f-abcde/app`, instance 3 (2 lines, 0 redactions):',
    ]);
    expect(lines).toEqual(expect.arrayContaining(['boot 1', 'fatal: disk full']));
    expect(lines).not.toContain('boot 22');
  });

  test('two streams whose lines come in another order end the same way', () => {
    const observations = [
      deployment(0),
      replicaSet(0),
      crash(0, 0),
      log(6, 'containerd://0', 'starting\nerror: no table'),
      crash(1, 30),
      log(36, 'containerd://1', 'error: no table\nstarting', { restartCount: 1 }),
    ];
    expect(section(observations, 60, 'Previous logs').filter((line) => line.startsWith('Log of'))).toEqual([
      'Log of `api-7d9f-abcde/app`, instance 0 (2 lines, 0 redactions); instance 1 ends the same way:',
    ]);
  });
});

describe('gaps and data quality', () => {
  const story = [
    deployment(0),
    replicaSet(0),
    pod(10, {
      containers: [container({ imageID, restartCount: 3, containerID: 'containerd://d', state: ended('containerd://d', 1, 5, 9) })],
    }),
  ];

  test('everything that is known, when nothing is missing', () => {
    const observations = [
      deployment(0),
      replicaSet(0),
      pod(10, { containers: [container({ imageID, containerID: 'containerd://a', state: ended('containerd://a', 1, 5, 9) })] }),
      log(11, 'containerd://a', 'x', { redactions: { 'bearer-token': 2 } }),
    ];
    expect(section(observations, 20, 'Gaps and data quality')).toEqual([
      '- Terminations: 1 known by restartCount and records, 1 captured.',
      '- Logs: 1 of 1 kept.',
      '- Events: 0 records of 0 occurrences; no pod had so many that the kubelet would have held some back.',
      '- Watch: no interruption was noted.',
      '- Refused to the collector: nothing.',
      '- Redactions in these logs: `bearer-token` ×2.',
      '- Clocks: no record carries a time later than the moment it was seen.',
      '- Ties: no two rows of the timeline begin in the same second.',
    ]);
  });

  test('terminations that only restartCount proves, a log in the words of the API, interruptions and refusals', () => {
    const lost = log(11, 'containerd://d', '', {
      restartCount: 3,
      missing: { status: 400, reason: 'previous terminated container not found' },
    });
    delete lost.text;
    const observations = [
      ...story,
      lost,
      coverage(9, { note: 'watch-gap', from: at(6), to: at(12), resource: 'pods', reason: 'too old' }),
      coverage(0, { note: 'forbidden', from: at(0), to: at(0), resource: 'nodes', reason: 'nodes is forbidden' }),
    ];
    const lines = section(observations, 20, 'Gaps and data quality');
    expect(lines.slice(0, 2)).toEqual([
      '- Terminations: 4 known by restartCount and records, 1 captured; `3 of 4 terminations of container app in pod api-7d9f-abcde were not captured: restartCount proves them, no record shows them`.',
      '- Logs: 0 of 1 kept; missing, in the words of the API: 1 × `previous terminated container not found`.',
    ]);
    expect(lines).toContain('- Watch: `watch-gap: pods: too old` 14:00:06 to 14:00:12 (6 s).');
    expect(lines.find((line) => line.startsWith('- Refused'))).toContain('`forbidden: nodes: nodes is forbidden`');
  });

  test('a clock that is behind, and a pod with more events than the kubelet lets through', () => {
    const noisy = event(2, { reason: 'Unhealthy', message: 'Readiness probe failed: x', count: 40, lastTimestamp: at(9) });
    const ahead = pod(10, {
      containers: [container({ imageID, containerID: 'containerd://z', state: ended('containerd://z', 1, 5, 25) })],
    });
    const lines = section([deployment(0), replicaSet(0), ahead, noisy], 40, 'Gaps and data quality');
    expect(lines).toContain(
      "- Events: 1 record of 40 occurrences; 1 pod had so many that the kubelet's spam filter may have held back others.",
    );
    expect(lines.find((line) => line.startsWith('- Clocks'))).toBe(
      "- Clocks: records carry times up to 15 s later than the moment they were seen; the collector's clock is behind by that much at least.",
    );
  });
});

describe('where each pod failed', () => {
  test('a row for each way, with exits and restarts, and the rest counted', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      pod(5 + index, {
        name: `api-7d9f-${index}`,
        uid: `pod-${index}`,
        containers: [
          container({
            imageID,
            containerID: `containerd://${index}`,
            restartCount: 2,
            state: ended(`containerd://${index}`, 137, 1, 4, 'OOMKilled'),
          }),
        ],
      }),
    );
    const lines = section([deployment(0, { replicas: { wanted: 20 } }), replicaSet(0), ...many], 60, 'Where each pod failed');
    expect(lines[2]).toMatch(
      /^\| `api-7d9f-\d+` \| `app` \| startup \| `OOMKilled` \| 137 SIGKILL \| 2 \| `1\.4\.2@sha256:abababababab` \| 14:00:04 \| \[EV\] \|$/,
    );
    expect(lines).toHaveLength(2 + 15 + 1);
    expect(lines.at(-1)).toBe('5 more rows in 5 pods: `OOMKilled` ×5. “All records” below has them.');
  });
});

describe('what is older than the story', () => {
  test('is not among its records and revisions', () => {
    const day = 24 * 60 * 60;
    const revisions = Array.from({ length: 14 }, (_, index) =>
      replicaSet(index * 60, {
        name: `api-${index}`,
        uid: `rs-${index}`,
        revisionHash: `h${index}`,
        revision: String(index + 1),
        createdAt: at(index * 60),
      }),
    );
    const old = event(30, { reason: 'Pulled', message: 'long ago', type: 'Normal' });
    const failing = pod(day, {
      uid: 'pod-2',
      createdAt: at(day - 5),
      containers: [container({ state: waiting('CreateContainerConfigError', 'secret "x" not found') })],
    });
    const observations = [
      deployment(0),
      ...revisions,
      old,
      failing,
      { ...failing, ...pod(day + 20, { uid: 'pod-2', createdAt: at(day - 5), containers: failing.containers }) },
    ];
    expect(section(observations, day + 60, 'All records').join('\n')).not.toContain('long ago');
    const images = section(observations, day + 60, 'Images');
    expect(images.filter((line) => line.startsWith('| `'))).toHaveLength(10);
    expect(images).toContain('4 other revisions of this workload on record: mortem get rollouts lists them.');
  });
});

describe('all records', () => {
  const records = (observations: readonly Observation[]) =>
    section(observations, 60, 'All records').filter((line) => line.startsWith('| 14:'));

  test('of one second stand in the order in which they came about: states by version, events by when they were seen', () => {
    const state = (resourceVersion: string, fields: Parameters<typeof pod>[1]) =>
      pod(0.4, { resourceVersion, phase: 'Pending', ...fields });
    const observations = [
      state('12', { containers: [container({ state: waiting('ContainerCreating') })] }),
      state('9', { containers: [container()] }),
      state('10', { containers: [container()], node: 'node-2' }),
      { ...event(0, { uid: 'e1', reason: 'Created', message: 'Container created', type: 'Normal' }), observedAt: at(0.8) },
      { ...event(0, { uid: 'e2', reason: 'Pulled', message: 'Container image is there', type: 'Normal' }), observedAt: at(0.6) },
      { ...event(0, { uid: 'e3', reason: 'Started', message: 'Container started', type: 'Normal' }), observedAt: at(30) },
      pod(1, { containers: [container({ state: waiting('CreateContainerConfigError', 'secret "db" not found') })] }),
    ];
    expect(records(observations)).toEqual([
      '| 14:00:00 | `pod/api-7d9f-abcde` | `Pending, not ready ×2: app not reported` |',
      '| 14:00:00 | `pod/api-7d9f-abcde` | `Pending, not ready: app waiting ContainerCreating` |',
      '| 14:00:00 | `pod/api-7d9f-abcde` | `Pulled: Container image is there` |',
      '| 14:00:00 | `pod/api-7d9f-abcde` | `Created: Container created` |',
      '| 14:00:00 | `pod/api-7d9f-abcde` | `Started: Container started` |',
      '| 14:00:01 | `pod/api-7d9f-abcde` | `Running, not ready: app waiting CreateContainerConfigError` |',
    ]);
  });

  test('of several containers the one that an event is about is named', () => {
    const both = [container(), container({ name: 'shipper', statusIndex: 1 })];
    const observations = [
      pod(0, { containers: both }),
      event(3, { reason: 'Started', message: 'Container started', type: 'Normal' }),
      event(2, {
        reason: 'Scheduled',
        message: 'assigned',
        type: 'Normal',
        involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' },
      }),
      pod(4, {
        containers: [
          container({ state: waiting('CreateContainerConfigError', 'secret "db" not found') }),
          container({ name: 'shipper', statusIndex: 1 }),
        ],
      }),
    ];
    expect(records(observations).slice(1, 3)).toEqual([
      '| 14:00:02 | `pod/api-7d9f-abcde` | `Scheduled: assigned` |',
      '| 14:00:03 | `pod/api-7d9f-abcde/app` | `Started: Container started` |',
    ]);
  });
});
