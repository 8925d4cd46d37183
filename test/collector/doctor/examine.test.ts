import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { examine, type Examination } from '../../../collector/doctor/examine.ts';
import { accessTable } from '../../../collector/install/rbac-table.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { startDoctorDouble, type DoctorDouble, type DoctorDoubleOptions } from './doctor-double.ts';

const doubles: DoctorDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

const now = '2026-11-22T11:00:00.000Z';

async function examined(answers: DoctorDoubleOptions = {}, options: Partial<Examination> = {}) {
  const double = await startDoctorDouble({ date: new Date(now).toUTCString(), ...answers });
  doubles.push(double);
  const diagnosis = await examine({
    kubeConfig: double.kubeConfig,
    clock: createManualClock(now),
    version: '1',
    watchNamespaces: [],
    logs: true,
    nodes: true,
    usage: true,
    ...options,
  });
  return { double, diagnosis };
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mortem-doctor-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

describe('rights', () => {
  test('each row of the table is asked for once, a subresource as one', async () => {
    const { double, diagnosis } = await examined();
    expect(double.reviewed.toSorted()).toEqual(
      accessTable.map(({ verb, apiGroup, resource }) => `${verb} ${apiGroup}/${resource}`).toSorted(),
    );
    expect(diagnosis.healthy).toBe(true);
    expect(diagnosis.access.every(({ answer }) => answer.kind === 'allowed')).toBe(true);
  });

  test('in each namespace, without nodes; without logs not those either', async () => {
    const { double } = await examined({}, { watchNamespaces: ['shop', 'payments'], logs: false });
    const wanted = accessTable.filter(({ feature, namespaced }) => namespaced && feature !== 'logs');
    expect(double.reviewed).toHaveLength(wanted.length * 2);
    expect(double.reviewed).toContain('list /pods in payments');
    expect(double.reviewed.some((right) => right.includes('nodes') || right.includes('log'))).toBe(false);
  });

  test.each(accessTable)('$verb $resource denied: what is lost', async (row) => {
    const { diagnosis } = await examined({ denied: `${row.verb} ${row.apiGroup}/${row.resource}` });
    expect(diagnosis.healthy).toBe(false);
    expect(diagnosis.access.filter(({ answer }) => answer.kind !== 'allowed')).toEqual([
      { row, answer: { kind: 'denied', reason: 'RBAC says no' } },
    ]);
  });

  test('an API server that does not say', async () => {
    const { diagnosis } = await examined({ reviewStatus: 403 });
    expect(diagnosis.healthy).toBe(false);
    expect(new Set(diagnosis.access.map(({ answer }) => JSON.stringify(answer)))).toEqual(
      new Set(['{"kind":"unknown","reason":"reviews are forbidden"}']),
    );
  });
});

describe('the API server', () => {
  test('answers, in step', async () => {
    const { double, diagnosis } = await examined();
    expect(diagnosis.checks).toEqual([
      { name: 'kubernetes-api', ok: true, detail: `${double.url} answers, v1.36.2` },
      { name: 'kubernetes-clock', ok: true, detail: 'in step' },
      { name: 'metrics-api', ok: true, detail: 'metrics.k8s.io is offered' },
    ]);
  });

  test.each([
    ['2026-11-22T11:02:00Z', 'This clock is 120 s behind: times in reports will not fit together. Use NTP on both sides.'],
    ['2026-11-22T10:59:30Z', 'This clock is 30 s ahead: times in reports will not fit together. Use NTP on both sides.'],
  ])('whose clock says %s', async (there, detail) => {
    const { diagnosis } = await examined({ date: new Date(there).toUTCString() });
    expect(diagnosis.checks[1]).toEqual({ name: 'kubernetes-clock', ok: false, detail });
    expect(diagnosis.healthy).toBe(false);
  });

  test.each([
    [404, true, 'metrics.k8s.io is not offered (metrics 404): memory before a kill will not be known. metrics-server brings it.'],
    [503, false, 'metrics.k8s.io fails: metrics 503. Look at metrics-server, or leave memory samples out with --no-usage.'],
  ])('without memory samples (%i): a cluster may have none, and rights to what is not there are no matter', async (status, ok, detail) => {
    const { double, diagnosis } = await examined({ metricsStatus: status, denied: 'get metrics.k8s.io/pods' });
    expect(diagnosis.checks.at(-1)).toEqual({ name: 'metrics-api', ok, detail });
    expect(double.reviewed.some((right) => right.includes('metrics.k8s.io'))).toBe(!ok);
    expect(diagnosis.healthy).toBe(ok);
    expect(diagnosis.rules.some(({ apiGroups }) => apiGroups.includes('metrics.k8s.io'))).toBe(true);
  });

  test('memory samples that are not wanted are not asked about', async () => {
    const { diagnosis } = await examined({ metricsStatus: 503 }, { usage: false });
    expect(diagnosis.checks.map(({ name }) => name)).toEqual(['kubernetes-api', 'kubernetes-clock']);
    expect(diagnosis.rules.some(({ apiGroups }) => apiGroups.includes('metrics.k8s.io'))).toBe(false);
  });

  test('refuses the credential: nothing else is asked', async () => {
    const { double, diagnosis } = await examined({ versionStatus: 401 });
    expect(diagnosis.checks).toEqual([
      { name: 'kubernetes-api', ok: false, detail: `${double.url} answered 401: Unauthorized. Check the credential of the kubeconfig.` },
    ]);
    expect([double.reviewed, diagnosis.access]).toEqual([[], []]);
  });

  test('is not there', async () => {
    const { double } = await examined();
    await double.close();
    const { kubeConfig } = double;
    const diagnosis = await examine({
      kubeConfig,
      clock: createManualClock(now),
      version: '1',
      watchNamespaces: [],
      logs: true,
      nodes: true,
      usage: true,
    });
    expect(diagnosis).toMatchObject({ healthy: false, access: [], checks: [{ name: 'kubernetes-api', ok: false }] });
    expect(diagnosis.checks[0]?.detail).toContain('ECONNREFUSED');
  });
});

describe('the mortem server', () => {
  const withServer = async (answers: DoctorDoubleOptions, key = 'mk_x') => {
    const double = await startDoctorDouble({ date: new Date(now).toUTCString(), ...answers });
    doubles.push(double);
    const { diagnosis } = await examined({}, { server: { url: `${double.url}/`, key } });
    return { double, checks: diagnosis.checks.slice(3), healthy: diagnosis.healthy };
  };

  test('knows the key: asked with it, and with nothing that would be stored', async () => {
    const { double, checks, healthy } = await withServer({ ingest: { status: 415, detail: 'Observations are sent with …' } });
    expect(double.knocks).toEqual([{ authorization: 'Bearer mk_x', length: 0 }]);
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['server', true],
      ['key', true],
      ['server-clock', true],
    ]);
    expect(healthy).toBe(true);
  });

  test('does not know the key, in its own words', async () => {
    const { checks } = await withServer({ ingest: { status: 401, detail: 'The key is not known here.' } }, '');
    expect(checks.slice(0, 2)).toMatchObject([
      { name: 'server', ok: true },
      { name: 'key', ok: false, detail: 'The key is not known here.' },
    ]);
  });

  test.each([
    [404, 'Give --server the address of "mortem serve" or of the function endpoint.'],
    [503, 'Look at its log.'],
    [302, 'Give --server the address'],
  ])('answers %i', async (status, way) => {
    const { double, checks, healthy } = await withServer({ ingest: { status, detail: 'Words.' } });
    expect(checks[0]).toMatchObject({ name: 'server', ok: false });
    expect(checks[0]?.detail).toContain(`${double.url}/ answered ${status} Words.`);
    expect(checks[0]?.detail).toContain(way);
    expect(healthy).toBe(false);
  });

  test('is not there, or another day', async () => {
    const { double, checks } = await withServer({ ingest: { status: 400, detail: '' }, date: 'Mon, 23 Nov 2026 11:00:00 GMT' });
    expect(checks.at(-1)).toMatchObject({ name: 'server-clock', ok: false, detail: expect.stringContaining('86400 s behind') as string });
    await double.close();
    const { diagnosis } = await examined({}, { server: { url: double.url, key: 'k' } });
    expect(diagnosis.checks.at(-1)).toMatchObject({ name: 'server', ok: false, detail: expect.stringContaining('ECONNREFUSED') as string });
  });
});

describe('the spool', () => {
  test('can be written, is made when it is not there, and nothing is left in it', async () => {
    const dir = join(folder(), 'deep', 'spool');
    const { diagnosis } = await examined({}, { spoolDir: dir });
    expect(diagnosis.checks.at(-1)).toEqual({ name: 'spool', ok: true, detail: `${dir} can be written` });
    expect(readdirSync(dir)).toEqual([]);
  });

  test('cannot be written', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const { diagnosis } = await examined({}, { spoolDir: file });
    expect(diagnosis.checks.at(-1)).toMatchObject({
      name: 'spool',
      ok: false,
      detail: expect.stringContaining('Choose another folder') as string,
    });
    expect(diagnosis.healthy).toBe(false);
  });
});
