import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMortem } from '../support/run-mortem.ts';
import { recordingDir } from '../support/truth.ts';

const data = mkdtempSync(join(tmpdir(), 'mortem-queries-'));

beforeAll(async () => {
  const { code, stderr } = await runMortem(['replay', recordingDir('s24-seed-story'), recordingDir('s26-job-complete'), '--data', data]);
  if (code !== 0 || stderr !== `The store is kept in ${data}\n`) throw new Error(`replay ended with ${code}: ${stderr}`);
});

describe('get incidents', () => {
  test('a table as kubectl prints it', async () => {
    const { stdout } = await runMortem(['get', 'incidents', '--data', data]);
    expect(stdout.replaceAll(/INC-[0-9a-f]{16}/g, 'INC-…').replaceAll(/ {3,}/g, '   ')).toBe(
      [
        'NAMESPACE   WORKLOAD   STATUS   ONSET   SYMPTOMS   LAST IMAGE   MITIGATION   INCIDENT',
        's24-seed-story   deploy/payments-api   recovered (not settled)   2026-11-22T11:04:44Z   ImagePullBackOff → CreateContainerConfigError → OOMKilled   2026-04-22@sha256:6f48f909fb53   rollback   INC-…',
        '',
      ].join('\n'),
    );
  });

  test('as names, as JSON, and nothing at all in another namespace', async () => {
    expect((await runMortem(['get', 'incidents', '--data', data, '-o', 'name'])).stdout).toMatch(/^INC-[0-9a-f]{16}\n$/);
    expect(JSON.parse((await runMortem(['get', 'incidents', '--data', data, '-o', 'json'])).stdout)).toMatchObject({
      apiVersion: 'mortem.dev/v1',
      kind: 'IncidentList',
      items: [{ namespace: 's24-seed-story' }],
    });
    expect(await runMortem(['get', 'incidents', '--data', data, '-n', 'elsewhere'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No incidents found.\n',
    });
  });
});

describe('timeline', () => {
  test('by workload, by pod and by incident id it is the same document', async () => {
    const id = (await runMortem(['get', 'incidents', '--data', data, '-o', 'name'])).stdout.trim();
    const [byWorkload, byPod, byId, byPrefix] = await Promise.all(
      [['deploy/payments-api'], ['pod/payments-api-69869d86dc-9gp79'], [id], [id.slice(0, 10)]].map((target) =>
        runMortem(['timeline', ...target, '--data', data]),
      ),
    );
    expect(byWorkload?.stdout).toContain('# Timeline: Deployment `payments-api`');
    expect([byPod?.stdout, byId?.stdout, byPrefix?.stdout]).toEqual([byWorkload?.stdout, byWorkload?.stdout, byWorkload?.stdout]);
  });

  test.each([
    [['deploy/unknown'], 4, 'No incident of deploy/unknown is known.'],
    [['INC-0000000000000000'], 4, 'INC-0000000000000000'],
    [['payments-api'], 2, '"payments-api" is no target. Use deploy/NAME'],
    [['deploy/payments-api', '-o', 'pdf'], 2, '"pdf" is no output format. Use md or json.'],
  ])('%j ends with %i', async (args, code, sentence) => {
    const answer = await runMortem(['timeline', ...args, '--data', data]);
    expect(answer).toMatchObject({ code, stdout: '' });
    expect(answer.stderr).toContain(sentence);
  });
});

describe('what cannot be reached', () => {
  test.each([
    [['get', 'incidents', '--data', join(data, 'nowhere')], 4, 'There is no store in'],
    [['get', 'incidents', '--server', 'http://127.0.0.1:9'], 3, 'Cannot reach http://127.0.0.1:9. Is "mortem serve" running there?'],
    [['replay', join(data, 'nowhere')], 2, 'nowhere'],
    [['frobnicate'], 2, "unknown command 'frobnicate'"],
  ])('%j', async (args, code, sentence) => {
    const answer = await runMortem(args);
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(sentence);
  });
});
