import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnoseObjects } from '../support/diagnose-objects.ts';
import { lastObjects } from '../support/last-objects.ts';
import { recordingDir } from '../support/truth.ts';

const resources = ['pods', 'events', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'];
const names = readdirSync(recordingDir('.')).toSorted();
const objectsOf = (name: string) => lastObjects(name, resources).items;

const created = '2020-01-01T00:00:00Z';
const healthy = {
  kind: 'Pod',
  metadata: { name: 'bystander', namespace: 'elsewhere', uid: 'bystander', creationTimestamp: created },
  spec: { nodeName: 'node-far-away', containers: [{ name: 'app', image: 'bystander:1' }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
    containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: created } } }],
  },
};
const unrelated = {
  kind: 'Event',
  metadata: { name: 'bystander.1', namespace: 'elsewhere', uid: 'bystander-event' },
  involvedObject: { kind: 'Pod', name: 'bystander', namespace: 'elsewhere', uid: 'bystander' },
  reason: 'Unhealthy',
  message: 'Liveness probe failed: connection refused',
  type: 'Warning',
  lastTimestamp: created,
};

describe('one look, whatever else is in it', () => {
  test.each(names)('%s: a healthy pod and its event beside it change nothing', async (name) => {
    const objects = objectsOf(name);
    const { findings } = await diagnoseObjects(...objects);
    expect((await diagnoseObjects(healthy, ...objects, unrelated)).findings).toEqual(findings);
  });

  test.each(names)('%s: the order of the objects changes nothing', async (name) => {
    const objects = objectsOf(name);
    expect(await diagnoseObjects(...objects.toReversed())).toEqual(await diagnoseObjects(...objects));
  });
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The same value with one place in it replaced; `steps` lead to it. */
function broken(value: Json, steps: readonly number[], junk: Json): Json {
  const [step = 0, ...rest] = steps;
  if (steps.length === 0 || typeof value !== 'object' || value === null) return junk;
  if (Array.isArray(value))
    return value.length === 0 ? junk : value.map((item: Json, index) => (index === step % value.length ? broken(item, rest, junk) : item));
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  return Object.fromEntries(Object.entries(value).map(([own, item]) => [own, own === key ? broken(item, rest, junk) : item]));
}

const junk: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  '',
  'no time',
  '0001-01-01T00:00:00Z',
  -1,
  1e21,
  true,
  [],
  {},
  [null],
  { terminated: {} },
  'x'.repeat(20_000),
  '\u0000\ud800',
);

describe('objects of any shape', () => {
  test('no input makes the classifier throw', async () => {
    const all = JSON.parse(JSON.stringify(names.flatMap((name) => objectsOf(name).slice(0, 6)))) as Json[];
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length - 1), fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }), junk, async (index, steps, value) => {
        const object = broken(all[index] ?? null, steps, value);
        const { findings } = await diagnoseObjects(
          ...(typeof object === 'object' && object !== null && !Array.isArray(object) ? [object] : []),
        );
        for (const finding of findings) expect(finding.summary).not.toContain('undefined');
      }),
      { numRuns: 1500 },
    );
  });
});

describe('names are only names', () => {
  /** Every text that is exactly a name, or a longer one made of it, carries the new one; texts around it stay. */
  const rename = (value: Json, [from, to]: readonly [string, string]): Json =>
    JSON.parse(JSON.stringify(value).replaceAll(from, to)) as Json;

  test.each([
    ['a namespace', 's12-oom-main', 's12-oom-main', 'renamed-namespace'],
    ['an image', 's01-image-tag-not-found', '/shop/', '/denied/'],
    ['a pod and its workload', 's16-pending-insufficient', '"trainer', '"x509-denied'],
    ['a workload and its containers', 's12-oom-main', 'cache', 'evicted'],
    ['a namespace like an error', 's14b-secret-missing', 's14b-secret-missing', 'oom-killed-137'],
  ])('%s', async (_, recording, from, to) => {
    const objects = JSON.parse(JSON.stringify(objectsOf(recording))) as Json[];
    const before = await diagnoseObjects(...objects);
    const after = await diagnoseObjects(...(rename(objects, [from, to]) as Json[]));
    const essence = ({ findings }: typeof before) =>
      findings.map(({ symptom, phase, cause, basis, failurePoint, exitCode, restartCount }) => ({
        symptom,
        phase,
        cause,
        basis,
        failurePoint,
        exitCode,
        restartCount,
      }));
    expect(essence(after)).toEqual(essence(before));
    expect(before.findings.length).toBeGreaterThan(0);
  });
});
