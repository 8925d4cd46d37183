import { describe, expect, test } from 'vitest';
import { redactCommand } from '#core/redact/redact-command.ts';
import { redactDraft } from '#core/redact/redact-draft.ts';
import { redactObservation } from '#core/redact/redact-observation.ts';
import type { Draft } from '#core/wire/observation.ts';

const secret = 'password=hunter2';
const gone = 'password=[REDACTED:named-pair]';
const workload = { kind: 'Pod', name: 'p', chain: [] };

const drafts: readonly Draft[] = [
  {
    kind: 'pod',
    namespace: 'shop',
    name: 'p',
    uid: 'u',
    resourceVersion: '7',
    createdAt: '2026-11-22T11:00:00Z',
    workload,
    reason: secret,
    message: secret,
    conditions: [{ type: 'Ready', status: 'False', message: secret, reason: secret }],
    containers: [
      {
        name: 'c',
        role: 'app',
        image: 'i',
        state: { waiting: { reason: 'x', message: secret } },
        lastState: { terminated: { exitCode: 1, message: secret } },
        command: ['sh', '-c', secret],
        args: ['--db-password', 'hunter2'],
        livenessProbe: { exec: { command: [secret] }, periodSeconds: 5 },
        readinessProbe: { httpGet: { path: `/ready?${secret}`, port: '80' } },
        startupProbe: { exec: { command: [secret] } },
        postStart: { exec: { command: [secret] } },
        preStop: { httpGet: { path: `/?${secret}`, port: '80' } },
      },
    ],
  },
  {
    kind: 'event',
    namespace: 'shop',
    name: 'e',
    uid: 'u',
    resourceVersion: '8',
    involvedObject: { kind: 'Pod', name: 'p' },
    reason: 'Failed',
    type: 'Warning',
    message: secret,
    source: {},
  },
  {
    kind: 'log',
    namespace: 'shop',
    pod: 'p',
    podUid: 'u',
    container: 'c',
    role: 'app',
    workload,
    restartCount: 0,
    final: true,
    text: `a\n${secret}\n`,
    missing: { reason: secret },
  },
  {
    kind: 'workload',
    objectKind: 'Deployment',
    namespace: 'shop',
    name: 'd',
    uid: 'u',
    resourceVersion: '9',
    createdAt: '2026-11-22T11:00:00Z',
    workload,
    containers: [],
    conditions: [{ type: 'Progressing', status: 'True', message: secret }],
    changeCause: `kubectl set env ${secret}`,
    gitops: { tool: 'flux', revision: secret },
  },
  {
    kind: 'node',
    name: 'n',
    uid: 'u',
    resourceVersion: '1',
    conditions: [{ type: 'Ready', status: 'False', message: secret }],
  },
  { kind: 'coverage', collector: 'c', note: 'forbidden', from: '2026-11-22T11:00:00Z', to: '2026-11-22T11:00:00Z', reason: secret },
];

describe('redactDraft', () => {
  test.each(drafts)('$kind: every text field, and nothing else', (draft) => {
    const redacted = redactDraft(draft);
    const expected: unknown = JSON.parse(
      JSON.stringify({ ...draft, ...(draft.kind === 'log' && { redactions: { 'named-pair': 1 } }) })
        .replaceAll(secret, gone)
        .replaceAll('"--db-password","hunter2"', '"--db-password","[REDACTED:command-line]"'),
    );
    expect(redacted.draft).toEqual(expected);
    const times = JSON.stringify(draft).split(secret).length - 1;
    expect(redacted.counts).toEqual({ 'named-pair': times, ...(draft.kind === 'pod' && { 'command-line': 1 }) });
  });

  test.each(drafts)('$kind: the second time changes and counts nothing', (draft) => {
    const once = redactDraft(draft).draft;
    expect(redactDraft(once)).toEqual({ draft: once, counts: {} });
  });

  test('what the collector counted in a log is added to, not replaced', () => {
    const log = drafts.find((draft) => draft.kind === 'log');
    expect(redactDraft({ ...log!, redactions: { jwt: 2 } }).draft).toMatchObject({ redactions: { jwt: 2, 'named-pair': 1 } });
  });

  test('a message that grew past the limit of the wire is cut again', () => {
    const event = drafts.find((draft) => draft.kind === 'event');
    const { draft } = redactDraft({ ...event!, message: 'token=abc '.repeat(1638) });
    expect(draft).toMatchObject({ message: expect.stringMatching(/^.{16384}$/s) });
  });
});

describe('redactObservation', () => {
  test.each(drafts)('$kind: keeps id, time and cluster', (draft) => {
    const envelope = { id: 'f'.repeat(64), observedAt: '2026-11-22T11:00:01Z', cluster: 'prod' };
    const { draft: redacted, counts } = redactDraft(draft);
    expect(redactObservation({ ...draft, ...envelope })).toEqual({ observation: { ...redacted, ...envelope }, counts });
  });
});

describe('redactCommand', () => {
  test.each([
    [
      ['--password', 'hunter2'],
      ['--password', '[REDACTED:command-line]'],
    ],
    [['--token=abc'], ['--token=[REDACTED:named-pair]']],
    [
      ['--api-key', '$(API_KEY)'],
      ['--api-key', '$(API_KEY)'],
    ],
    [
      ['--token', '--verbose'],
      ['--token', '--verbose'],
    ],
    [
      ['--password-file', '/run/pw'],
      ['--password-file', '/run/pw'],
    ],
    [
      ['memhog', '8', '300', '400'],
      ['memhog', '8', '300', '400'],
    ],
    [
      ['sh', '-c', 'psql postgres://u:p4ss@db/x'],
      ['sh', '-c', 'psql postgres://u:[REDACTED:url-userinfo]@db/x'],
    ],
  ])('%j', (command, expected) => {
    expect(redactCommand(command).command).toEqual(expected);
  });
});
