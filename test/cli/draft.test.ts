import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMortem } from '../support/run-mortem.ts';
import { startTestServer, replayInto } from '../support/replayed.ts';
import { recordingDir } from '../support/truth.ts';

const data = mkdtempSync(join(tmpdir(), 'mortem-draft-'));

beforeAll(async () => {
  const { code, stderr } = await runMortem(['replay', recordingDir('s12-oom-main'), '--data', data]);
  if (code !== 0) throw new Error(`the store could not be made: ${stderr}`);
});

function draft(...args: readonly string[]) {
  return runMortem(['draft', 'deploy/cache', '--data', data, ...args]);
}

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'mortem-draft-')), 'post-mortem.md');
}

describe('mortem draft', () => {
  test('prints the newest draft of a workload, of a pod and of an incident', async () => {
    const printed = await draft();
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    expect(printed.stdout).toMatch(/^# Post-mortem \(draft\): Deployment `cache` in `s12-oom-main`, 22 Nov 2026\n/);
    const [id = ''] = /INC-[0-9a-f]{16}/.exec(printed.stdout) ?? [];
    expect((await runMortem(['draft', id, '--data', data])).stdout).toBe(printed.stdout);
    expect((await runMortem(['draft', 'pod/cache-6999f686f5-s62mc', '-n', 's12-oom-main', '--data', data])).stdout).toBe(printed.stdout);
  });

  test('asks a server with the same answer', async () => {
    const server = await startTestServer();
    try {
      await replayInto(server, 's12-oom-main');
      const local = await draft('--heading', 'Root cause(s)', '--target', 'file');
      const remote = await runMortem(['draft', 'deploy/cache', '--server', server.url, '--heading', 'Root cause(s)', '--target', 'file']);
      expect(remote).toEqual(local);
      expect(remote.stdout).toContain('\n## Root cause(s)\n');
    } finally {
      await server.close();
    }
  });

  test('writes a file with front matter, once', async () => {
    const file = newFile();
    expect(await draft('-f', file)).toEqual({ code: 0, stdout: '', stderr: `Wrote ${file}\n` });
    const written = readFileSync(file, 'utf8');
    expect(written).toMatch(/^---\ntitle: /);
    const again = await draft('-f', file);
    expect([again.code, again.stderr]).toEqual([
      2,
      `mortem: ${file} exists. Say --update to replace only what nobody edited, or choose another name.\n`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  test('updates what nobody edited and says what it left', async () => {
    const file = newFile();
    await draft('-f', file);
    const written = readFileSync(file, 'utf8');
    const edited = written
      .replace('One replica is wanted', 'Only one replica is wanted')
      .replace(/<!-- mortem:begin impact sha256=[0-9a-f]{16} -->[\s\S]*<!-- mortem:end impact -->\n/, '')
      .replace('## Response', '## How we responded');
    const stale = edited.replace(
      /(<!-- mortem:begin questions sha256=)[0-9a-f]{16}( -->)[\s\S]*?(\n<!-- mortem:end questions -->)/,
      '$1e3b0c44298fc1c14$2\n$3',
    );
    writeFileSync(file, stale);
    const { code, stdout, stderr } = await draft('-f', file, '--update');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr.split('\n')).toEqual([
      'Replaced: questions',
      'Unchanged: provenance, summary, steps, triggers, advice, images, recurrence, response, actions, evidence',
      'Left, edited by hand: factors',
      'Not put in, since the file does not have it: impact',
      '',
    ]);
    expect(readFileSync(file, 'utf8')).toBe(edited);
  });

  test('other targets are not files to be updated, and Slack gets a message', async () => {
    const slack = await draft('--target', 'slack');
    expect(JSON.parse(slack.stdout)).toMatchObject({ text: 'Post-mortem (draft): Deployment cache in s12-oom-main, 22 Nov 2026' });
    const issue = await draft('--target', 'github-issue');
    expect(issue.stdout).toMatch(/^# Post-mortem/);
    expect(issue.stdout).not.toContain('timeline.md');
  });

  test.each([
    [['--update'], 2, 'Say which file to update: -f FILE --update.'],
    [['-f', join(tmpdir(), 'mortem-no-such', 'x.md'), '--update'], 4, 'Leave --update out to write it.'],
    [['-f', 'x.md', '--update', '--target', 'slack'], 2, 'A message for Slack cannot be updated. Print it anew.'],
    [['--target', 'fax'], 2, '"fax" is no target. Use file, github-issue, github-pr, gitlab, slack.'],
    [['--timezone', 'Mars/Olympus'], 2, '"Mars/Olympus" is no time zone. Use a name like Europe/Berlin.'],
    [['-o', 'json'], 2, '"json" is no output format. Use md; json goes with --versions.'],
    [['-n', 'elsewhere'], 4, 'No incident of deploy/cache is known in namespace elsewhere.'],
  ])('%j is refused with a way out', async (args, code, sentence) => {
    const refused = await draft(...args);
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toContain(sentence);
    expect(existsSync('x.md')).toBe(false);
  });
});
