import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import type { DiagnosedFinding } from '#core/diagnosis/diagnosis.ts';
import { toObservations } from '../../cli/input/to-observations.ts';
import type { RawObject } from '../../cli/input/read-objects.ts';
import { lastObjects } from '../support/last-objects.ts';
import { recordingDir, truthOf } from '../support/truth.ts';

/** Failures that the objects no longer show at the end of the recording, and why. */
const invisible: Readonly<Record<string, string>> = {
  's13-oom-child-survives': 'only the log of the container tells',
  's24-seed-story': 'the rollback replaced the pods that failed',
  's36-node-not-ready': 'the node came back, and the container had never stopped',
};

const resources = [
  'pods',
  'events',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'persistentvolumeclaims',
];

async function primaryFindings(name: string): Promise<readonly DiagnosedFinding[]> {
  const { observations } = await toObservations(lastObjects(name, resources).items as readonly RawObject[], 'end', new Date(0));
  const now = Math.max(...observations.map((item) => Date.parse(item.observedAt)));
  return buildDiagnosis(observations, now).findings.filter((finding) => finding.secondary !== true);
}

describe('one look at the objects as they stood at the end', () => {
  const names = readdirSync(recordingDir('.')).toSorted();

  test.each(names.filter((name) => truthOf(name).chapters.length > 0 && invisible[name] === undefined))('%s', async (name) => {
    const { chapters, workload, alsoFine = [] } = truthOf(name);
    const found = await primaryFindings(name);
    const allowed = [...chapters.flatMap((chapter) => chapter.symptom), ...alsoFine];
    expect(found.map((finding) => `${finding.workload.kind}/${finding.workload.name}`)).toEqual(
      found.map(() => `${workload.kind}/${workload.name}`),
    );
    expect(found.filter((finding) => !allowed.includes(finding.symptom)).map((finding) => finding.symptom)).toEqual([]);
    for (const { symptom, phase, failurePoint, container } of chapters) {
      const match = found.find((finding) => symptom.includes(finding.symptom) && (finding.container ?? null) === container);
      expect(
        match === undefined ? 'not found' : { phase: phase.includes(match.phase), failurePoint: failurePoint.includes(match.failurePoint) },
      ).toEqual({ phase: true, failurePoint: true });
    }
  });

  test.each(names.filter((name) => truthOf(name).incident === false))('%s is silent', async (name) => {
    expect(await primaryFindings(name)).toEqual([]);
  });

  test.each(Object.keys(invisible))('%s shows nothing any more', async (name) => {
    expect((await primaryFindings(name)).map((finding) => finding.symptom)).toEqual([]);
  });
});
