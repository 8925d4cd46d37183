import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../functions/serve.ts';
import { strictLogger } from '../support/replayed.ts';
import { runMortem } from '../support/run-mortem.ts';
import { recordingDir } from '../support/truth.ts';

const data = mkdtempSync(join(tmpdir(), 'mortem-questions-'));

beforeAll(async () => {
  const { code, stderr } = await runMortem(['replay', recordingDir('s24-seed-story'), '--data', data]);
  if (code !== 0) throw new Error(`replay ended with ${code}: ${stderr}`);
});

const narrow = (table: string) => table.replaceAll(/ {3,}/g, '   ').replaceAll(/EV-[0-9a-f]{8,16}/g, 'EV-…');
const good = 'sha256:304d687b994c';
const bad = 'sha256:6f48f909fb53';

describe('trends oomkilled', () => {
  test('a table without bars where nobody looks, and what the rollouts changed', async () => {
    const { code, stdout } = await runMortem(['trends', 'oomkilled', '--since', '90d', '--data', data]);
    expect(code).toBe(0);
    expect(narrow(stdout).split('\n')).toEqual([
      'NAMESPACE   WORKLOAD   CHANGE   TOTAL   PER REPLICA-DAY   LIVED (MEDIAN, P90)   LIMITS   LAST',
      's24-seed-story   deploy/payments-api   new   4   4   7 s, 7 s   192Mi: 4   2026-11-22T11:07:24Z',
      '',
      `s24-seed-story/deploy/payments-api api: 2026-04-21-rc1 → 2026-04-21@${good} on 22 Nov: 0 in the 29 s before, 0 in the 1 min 5 s after`,
      `s24-seed-story/deploy/payments-api api: 2026-04-21@${good} → 2026-04-22@${bad} on 22 Nov: 0 in the 1 min 5 s before, 4 in the 1 min 16 s after`,
      `s24-seed-story/deploy/payments-api api: rollback 2026-04-22@${bad} → 2026-04-21@${good} on 22 Nov: 4 in the 1 min 16 s before, 0 in the 27 s after`,
      '',
    ]);
  });

  test.each([
    [['--max', '3'], 1, '4 are more than 3.\n'],
    [['--max', '4'], 0, ''],
    [['-n', 'elsewhere'], 0, 'Nothing of oomkilled from 2026-10-23T00:00:00Z to 2026-11-23T00:00:00Z.\n'],
  ])('as a gate with %j it ends with %i', async (args, code, stderr) => {
    expect(await runMortem(['trends', 'oomkilled', 'deploy/payments-api', '--exit-code', ...args, '--data', data])).toMatchObject({
      code,
      stderr,
    });
  });

  test('as CSV there is a line for each bucket, and as names what can be cut', async () => {
    const { stdout } = await runMortem(['trends', 'oomkilled', '--since', '1d', '-o', 'csv', '--data', data]);
    expect(stdout).toBe(
      [
        'key,cluster,namespace,workload,container,image,digest,node,bucket,count',
        's24-seed-story/s24-seed-story/Deployment/payments-api,s24-seed-story,s24-seed-story,Deployment/payments-api,,,,,2026-11-21T00:00:00Z,0',
        's24-seed-story/s24-seed-story/Deployment/payments-api,s24-seed-story,s24-seed-story,Deployment/payments-api,,,,,2026-11-22T00:00:00Z,4\n',
      ].join('\r\n'),
    );
    const names = await runMortem(['trends', 'oomkilled', '--by', 'node', '-o', 'name', '--data', data]);
    expect(names.stdout).toBe('s24-seed-story/node-1\n');
  });

  test.each([
    [['--bucket', '2d'], 'The query parameter "bucket" is not right: it is one of 1h, 1d, 1w.'],
    [['-o', 'pdf'], '"pdf" is no output format. Use json, yaml, wide, name or csv.'],
  ])('%j is refused with the way out', async (args, sentence) => {
    const { code, stderr } = await runMortem(['trends', 'oomkilled', ...args, '--data', data]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('audit rollbacks', () => {
  const table = [
    'TIME   NAMESPACE   WORKLOAD   CONTAINER   REV   FROM   TO   KIND   LIVED   FIRST FAILURE   OUTCOME   EVIDENCE',
    '2026-11-22T11:04:43.676Z   s24-seed-story   deploy/payments-api   api   1   -   2026-04-21-rc1   rollout   30 s   ImagePullBackOff after 1 s   ended, quiet for 1 min 5 s   EV-…',
    `2026-11-22T11:05:13.098Z   s24-seed-story   deploy/payments-api   api   2   2026-04-21-rc1   2026-04-21@${good}   rollout   1 min 5 s   CreateContainerConfigError after 0 s   over before it was replaced   EV-…`,
    `2026-11-22T11:06:18.849Z   s24-seed-story   deploy/payments-api   api   3   2026-04-21@${good}   2026-04-22@${bad}   rollout   1 min 17 s   OOMKilled after 8 s   ended, quiet for 27 s   EV-…`,
    `2026-11-22T11:07:35.070Z   s24-seed-story   deploy/payments-api   api   4   2026-04-22@${bad}   2026-04-21@${good}   rollback   27 s, current   -   -   EV-…`,
  ];

  test('of a workload: a line for each rollout, then what became of it', async () => {
    const { code, stdout } = await runMortem(['audit', 'rollbacks', 'deploy/payments-api', '-n', 's24-seed-story', '--data', data]);
    expect(code).toBe(0);
    const [printed = '', sentences = ''] = narrow(stdout).split('\n\n');
    expect(printed.split('\n')).toEqual(table);
    expect(sentences).toContain(
      `s24-seed-story/deploy/payments-api api: 2026-04-22@${bad} was OOMKilled 4 times within 58 s, first 8 s after its rollout; rolled back after 1 min 17 s to 2026-04-21@${good}; OOMKilled ended: not seen again in 27 s, until the data ends`,
    );
  });

  test('of a tag it says that a tag can move, and what failed makes the exit code', async () => {
    const { code, stdout, stderr } = await runMortem([
      'audit',
      'rollbacks',
      '--image',
      'platform/api:2026-04-22',
      '--exit-code',
      '--data',
      data,
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Matched by tag only: under it ran sha256:6f48f909fb53/);
    expect(narrow(stdout).split('\n')[2]).toBe(table[3]);
  });

  test('what nothing answers to is told by the exit code', async () => {
    const { code, stderr } = await runMortem(['audit', 'rollbacks', '--image', 'platform/web', '--data', data]);
    expect([code, stderr]).toEqual([4, 'No rollout to platform/web found.\n']);
  });

  test('without anything it shows the rollbacks, and what they undid', async () => {
    const { stdout } = await runMortem(['audit', 'rollbacks', '-o', 'json', '--data', data]);
    expect(JSON.parse(stdout)).toMatchObject({
      matchedBy: 'everything',
      items: [
        { revision: '1', matched: false },
        { revision: '2', matched: false },
        { revision: '3', matched: false },
        { revision: '4', matched: true },
      ],
    });
    const [printed = '', sentences = ''] = narrow((await runMortem(['audit', 'rollbacks', '--data', data])).stdout).split('\n\n');
    expect(printed.split('\n')).toEqual(table);
    expect(
      sentences
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^\S+ api: /, '')),
    ).toEqual([
      expect.stringMatching(/^2026-04-21-rc1 never started \(not-found\); replaced/),
      expect.stringMatching(/; CreateContainerConfigError was over 21 s before that, and was not seen again in 1 min 17 s/),
      expect.stringMatching(/was OOMKilled 4 times within 58 s, .*; rolled back .*; OOMKilled ended: not seen again/),
      expect.stringMatching(/has run for 27 s without a failure$/),
    ]);
  });
});

describe('get', () => {
  test('terminations, rollouts and images as tables', async () => {
    const [terminations, rollouts, images] = await Promise.all([
      runMortem(['get', 'terminations', '--of', 'oomkilled', '--limit', '1', '--data', data]),
      runMortem(['get', 'rollouts', '--kind', 'rollback', '--data', data]),
      runMortem(['get', 'images', '--at', '2026-11-22T11:07:00Z', '--data', data]),
    ]);
    expect(narrow(terminations.stdout).split('\n').slice(0, 2)).toEqual([
      'FINISHED   NAMESPACE   WORKLOAD   CONTAINER   POD   REASON   EXIT   CAUSE   LIVED   LIMIT   IMAGE',
      `2026-11-22T11:07:24Z   s24-seed-story   deploy/payments-api   api   payments-api-69869d86dc-9gp79   OOMKilled   137 (SIGKILL)   oom-container-limit   7 s   192Mi   2026-04-22@${bad}`,
    ]);
    expect(terminations.stderr).toContain('There are more: --limit');
    expect(narrow(rollouts.stdout).split('\n')[1]).toContain(`rollback to 2   2026-04-22@${bad}   2026-04-21@${good}   192Mi`);
    expect(narrow(images.stdout).split('\n')[1]).toMatch(
      /^s24-seed-story {3}deploy\/payments-api {3}api {3}\S+:2026-04-22 {3}sha256:[0-9a-f]{64} {3}1 {3}2026-11-22T11:06:19Z$/,
    );
  });

  test('in CSV numbers are numbers, names are whole, and what is not known is empty', async () => {
    const [terminations, rollouts, images, incidents] = await Promise.all(
      [['terminations', '--limit', '1'], ['rollouts', '--limit', '1'], ['images', '--at', '2026-11-22T11:07Z'], ['incidents']].map(
        async (args) => (await runMortem(['get', ...args, '-o', 'csv', '--data', data])).stdout.trimEnd().split('\r\n'),
      ),
    );
    expect(terminations?.[0]).toContain('reason,exit,signal,cause,lived seconds,limit,image,digest,');
    expect(terminations?.[1]).toMatch(/,OOMKilled,137,SIGKILL,oom-container-limit,7,192Mi,\S+:2026-04-22,sha256:[0-9a-f]{64},/);
    expect(rollouts?.[0]).toContain('kind,of,from,from digest,to,to digest,limit,failures,');
    expect(rollouts?.[1]).toMatch(/,rollback,2,\S+:2026-04-22,sha256:[0-9a-f]{64},\S+:2026-04-21,sha256:[0-9a-f]{64},192Mi,,yes,/);
    expect(images?.[1]).toMatch(/,api,\S+:2026-04-22,sha256:[0-9a-f]{64},1,2026-11-22T11:06:19Z$/);
    expect(incidents?.[1]).toMatch(
      /^INC-[0-9a-f]{16},s24-seed-story,s24-seed-story,Deployment\/payments-api,recovered,false,.*,ImagePullBackOff CreateContainerConfigError OOMKilled,.*,rollback,4$/,
    );
  });

  test('a served store answers as the folder does', async () => {
    const server = await startServer({ dataDir: data, port: 0, host: '127.0.0.1', logger: strictLogger, openReads: true });
    const commands = [
      ['trends', 'oomkilled', '-o', 'json'],
      ['audit', 'rollbacks', '--image', 'platform/api', '-o', 'yaml'],
      ['get', 'terminations', '-o', 'csv'],
    ];
    for (const command of commands) {
      const [local, remote] = [await runMortem([...command, '--data', data]), await runMortem([...command, '--server', server.url])];
      expect(remote).toEqual(local);
      expect(local.stdout).not.toBe('');
    }
    await server.close();
  });
});
