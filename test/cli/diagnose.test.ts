import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnosis } from '#core/diagnosis/diagnosis.ts';
import { lastObjects } from '../support/last-objects.ts';
import { shapeOf } from '../support/markdown-shape.ts';
import { runMortem } from '../support/run-mortem.ts';

async function diagnose(input: unknown, ...args: readonly string[]): Promise<Diagnosis> {
  const { stdout, stderr, code } = await runMortem(['diagnose', '-f', '-', '-o', 'json', ...args], { input: JSON.stringify(input) });
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return JSON.parse(stdout) as Diagnosis;
}

function essence({ findings }: Diagnosis) {
  return findings
    .filter((finding) => finding.secondary !== true)
    .map(({ workload, container, symptom, phase, failurePoint, cause }) => [
      `${workload.kind}/${workload.name}`,
      container,
      symptom,
      phase,
      failurePoint,
      cause,
    ]);
}

describe('plain kubectl output', () => {
  test.each([
    ['s01-image-tag-not-found', [['Deployment/api', 'api', 'ImagePullBackOff', 'image-pull', 'before-start', 'not-found']]],
    ['s12-oom-main', [['Deployment/cache', 'cache', 'OOMKilled', 'startup', 'resource-pressure', 'oom-container-limit']]],
    [
      's14b-secret-missing',
      [['Deployment/api', 'api', 'CreateContainerConfigError', 'container-config', 'before-start', 'missing-secret']],
    ],
    ['s17-pending-nodeselector', [['Deployment/trainer', undefined, 'Pending', 'scheduling', 'before-start', 'node-selector']]],
    ['s32-bare-pod-failed', [['Pod/one-shot', 'task', 'Error', 'startup', 'running', 'unknown-app-exit']]],
    ['s26-job-complete', []],
  ])('%s', async (name, expected) => {
    expect(essence(await diagnose(lastObjects(name)))).toEqual(expected);
  });

  test('the whole answer, with evidence that points into the object', async () => {
    expect(await diagnose(lastObjects('s32-bare-pod-failed'))).toMatchInlineSnapshot(`
      {
        "apiVersion": "mortem.dev/v1",
        "findings": [
          {
            "basis": "derived",
            "cause": "unknown-app-exit",
            "container": "task",
            "containerRole": "app",
            "evidence": [
              {
                "id": "EV-1c2459aadb52027f",
                "path": "/status/containerStatuses/0/state/terminated",
                "source": "termination",
                "text": "Error, exit code 65",
              },
            ],
            "exitCode": 65,
            "failurePoint": "running",
            "image": {
              "digest": "sha256:caf460c117835d9b3b785466cc5260b1ffd584b98808807fe90fb4d4ccfa2720",
              "ref": "127.0.0.1:5000/library/busybox:1.38",
              "tag": "1.38",
            },
            "namespace": "s32-bare-pod-failed",
            "phase": "startup",
            "pod": "one-shot",
            "reason": "Error",
            "restartCount": 0,
            "rule": "crash-loop",
            "summary": "Container task exited with code 65 after 0 s; no record says why.",
            "symptom": "Error",
            "workload": {
              "kind": "Pod",
              "name": "one-shot",
            },
          },
        ],
        "kind": "Diagnosis",
        "now": "2026-11-22T11:00:04Z",
      }
    `);
  });

  test('logs of the attempt name the cause', async () => {
    const items = lastObjects('s05-crash-missing-env');
    const pod = (items.items as readonly { kind: string; metadata: { name: string } }[]).find((item) => item.kind === 'Pod')!;
    const dir = mkdtempSync(join(tmpdir(), 'mortem-logs-'));
    writeFileSync(
      join(dir, `${pod.metadata.name}.api.previous.log`),
      'Error: DATABASE_URL is not set\n    at boot (/app/server.js:4:11)\n',
    );
    expect(essence(await diagnose(items))).toEqual([
      ['Deployment/api', 'api', 'CrashLoopBackOff', 'startup', 'running', 'unknown-app-exit'],
    ]);
    expect(essence(await diagnose(items, '--logs', dir))).toEqual([
      ['Deployment/api', 'api', 'CrashLoopBackOff', 'startup', 'running', 'missing-config'],
    ]);
  });

  test('one Pod, a typed list, YAML of several documents, and several files are all the same', async () => {
    const { items } = lastObjects('s01-image-tag-not-found');
    const pods = items.filter((item) => (item as { kind: string }).kind === 'Pod');
    const events = items.filter((item) => (item as { kind: string }).kind === 'Event');
    const dir = mkdtempSync(join(tmpdir(), 'mortem-input-'));
    const withoutKind = (item: unknown) => ({ ...(item as object), kind: undefined, apiVersion: undefined });
    writeFileSync(join(dir, 'pods.json'), JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: pods.map(withoutKind) }));
    writeFileSync(join(dir, 'events.yaml'), events.map((item) => stringify(item)).join('---\n'));
    writeFileSync(join(dir, 'pod.json'), JSON.stringify(pods[0]));
    const run = async (...files: readonly string[]) =>
      JSON.parse((await runMortem(['diagnose', '-o', 'json', ...files.flatMap((file) => ['-f', join(dir, file)])])).stdout) as Diagnosis;
    const whole = await diagnose(lastObjects('s01-image-tag-not-found'));
    expect(await run('pods.json', 'events.yaml')).toEqual(whole);
    expect(essence(await run('pod.json'))).toEqual(essence(whole));
  });
});

describe('what it says to people', () => {
  test('symptom, phase, cause, evidence and the next commands', async () => {
    const { stdout, code } = await runMortem(['diagnose', '-f', '-'], { input: JSON.stringify(lastObjects('s14b-secret-missing')) });
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "s14b-secret-missing/deploy/api · pod api-5c8b7fd9b-6bd5n · container api
        CreateContainerConfigError → container-config → missing-secret (observed) · image platform/api:2026-04-22
        Container api could not be configured: Secret api-db does not exist (needed by env DATABASE_URL).
      evidence
        EV-aec6ed4b  event /message  Failed: Error: secret "api-db" not found
        EV-07024d72  pod /status/containerStatuses/0/state/waiting  CreateContainerConfigError: secret "api-db" not found
      look next
        kubectl describe pod api-5c8b7fd9b-6bd5n -n s14b-secret-missing
        kubectl rollout history deploy/api -n s14b-secret-missing
      "
    `);
  });

  test('the same as Markdown, for an issue', async () => {
    const { stdout } = await runMortem(['diagnose', '-f', '-', '-o', 'md'], { input: JSON.stringify(lastObjects('s14b-secret-missing')) });
    expect(stdout).toMatchInlineSnapshot(`
      "# Diagnosis

      1 finding, judged at 2026-11-22T10:58:25Z. Every line below stands in a record of the input.

      ## \`s14b-secret-missing/deploy/api\`: CreateContainerConfigError

      \`Container api could not be configured: Secret api-db does not exist (needed by env DATABASE_URL).\`

      | Fact | Value |
      | - | - |
      | Phase | container-config (before-start) |
      | Cause | missing-secret (observed) |
      | Pod | \`api-5c8b7fd9b-6bd5n\` |
      | Container | \`api\` (app) |
      | Image | \`platform/api:2026-04-22\` |
      | Restarts | 0 |

      Evidence:

      - EV-aec6ed4becb0193d event \`/message\`: \`Failed: Error: secret "api-db" not found\`
      - EV-07024d7239f2b7b1 pod \`/status/containerStatuses/0/state/waiting\`: \`CreateContainerConfigError: secret "api-db" not found\`

      Look next:

      \`\`\`sh
      kubectl describe pod api-5c8b7fd9b-6bd5n -n s14b-secret-missing
      kubectl rollout history deploy/api -n s14b-secret-missing
      \`\`\`
      "
    `);
  });

  test('text from a cluster stays text in Markdown', async () => {
    const message = 'secret "`]](x) @octocat | <img src=x>\n# no" not found';
    const pod = {
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { containers: [{ name: 'app', image: 'a' }] },
      status: {
        phase: 'Pending',
        containerStatuses: [
          { name: 'app', image: 'a', restartCount: 0, ready: false, state: { waiting: { reason: 'CreateContainerConfigError', message } } },
        ],
      },
    };
    const { stdout } = await runMortem(['diagnose', '-f', '-', '-o', 'md'], { input: JSON.stringify(pod) });
    const { kinds, html, urls } = shapeOf(stdout);
    expect({ headings: kinds['heading'], images: kinds['image'], html, urls }).toEqual({
      headings: 2,
      images: undefined,
      html: [],
      urls: [],
    });
  });

  test('healthy input says so, and --exit-code tells them apart', async () => {
    const healthy = JSON.stringify(lastObjects('s26-job-complete'));
    const failing = JSON.stringify(lastObjects('s14b-secret-missing'));
    expect(await runMortem(['diagnose', '-f', '-', '--exit-code'], { input: healthy })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No failing pod found'),
    });
    expect(await runMortem(['diagnose', '-f', '-', '--exit-code', '-o', 'wide'], { input: failing })).toMatchObject({ code: 1 });
  });

  test.each([
    ['', 'standard input is empty. Try: kubectl get pod,events -o json | mortem diagnose -f -'],
    ['{"kind":', 'standard input is not valid JSON'],
    [
      'Name:             api-7d9f\nNamespace:        shop\nStatus:           Running\n',
      'looks like the output of "kubectl describe". Use instead: kubectl get pod,events -o json',
    ],
    [
      'NAME         READY   STATUS                  RESTARTS   AGE\napi-7d9f-x   0/1     Init:CrashLoopBackOff   4          3m\n',
      'is the table that "kubectl get" prints for people. Use instead: kubectl get pod,events -o json',
    ],
    ['just words', 'holds no Kubernetes object'],
  ])('trap 24, among other input that cannot be read, gets a way out: %j', async (input, sentence) => {
    const { code, stderr, stdout } = await runMortem(['diagnose', '-f', '-'], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  test('counts restarts as kubectl does, whichever instance the finding is about', async () => {
    const ended = { exitCode: 137, reason: 'OOMKilled', startedAt: '2026-11-22T10:00:00Z', finishedAt: '2026-11-22T10:00:09Z' };
    const status = { name: 'app', image: 'a', restartCount: 5, ready: false, lastState: { terminated: ended } };
    const pod = {
      kind: 'Pod',
      metadata: { name: 'api', namespace: 'shop', uid: 'u' },
      spec: { containers: [{ name: 'app', image: 'a' }] },
      status: { phase: 'Running', containerStatuses: [{ ...status, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
    };
    const { stdout } = await runMortem(['diagnose', '-f', '-', '-o', 'json'], { input: JSON.stringify(pod) });
    const { findings } = JSON.parse(stdout) as { findings: { symptom: string; restartCount: number }[] };
    expect(findings.map(({ symptom, restartCount }) => [symptom, restartCount])).toEqual([
      ['OOMKilled', 5],
      ['CrashLoopBackOff', 5],
    ]);
  });

  test('a name with control codes cannot reach the terminal', async () => {
    const pod = {
      kind: 'Pod',
      metadata: { name: 'x\u001b[2J', namespace: 'shop' },
      spec: { containers: [{ name: 'app', image: 'a' }] },
      status: {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'app',
            image: 'a',
            restartCount: 3,
            ready: false,
            state: { waiting: { reason: 'CrashLoopBackOff', message: '\u001b]0;owned\u0007' } },
          },
        ],
      },
    };
    const { stdout } = await runMortem(['diagnose', '-f', '-'], { input: JSON.stringify(pod) });
    expect(stdout).toContain('CrashLoopBackOff');
    expect(stdout).not.toContain('\u001b');
  });
});
