import { describe, expect, test } from 'vitest';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { podRun, rollout, termination } from '../support/build-ledger-rows.ts';
import { at, digest, instant, key } from '../support/build-observations.ts';

/** A ledger without rows, for the running test alone, and how rows get into it. */
export interface OpenLedger {
  readonly ledger: LedgerStore;
  readonly save: (workload: WorkloadKey, rows: Partial<WorkloadLedger>) => Promise<void>;
}

const web: WorkloadKey = { ...key, cluster: 'other', name: 'web' };
const ofWeb = { cluster: web.cluster, workload: { kind: web.kind, name: web.name } };
const bad = { ref: 'registry.example/shop/api:1.5', tag: '1.5', digest: `sha256:${'cd'.repeat(32)}` };
const failure = { symptom: 'OOMKilled', cause: 'oom-container-limit', container: 'app', evidence: 'EV-1', incident: 'INC-1' };
const failed = { ...failure, deaths: 2, firstAt: at(70), lastAt: at(80) };
const healed = { ...failure, symptom: 'CreateContainerConfigError', deaths: 0, firstAt: at(5), lastAt: at(40), endedAt: at(40) };

/** What every adapter of the ledger must answer; trends have a test of their own, which counts. */
export function describeLedgerStore(open: () => Promise<OpenLedger>): void {
  async function filled(): Promise<LedgerStore> {
    const { ledger, save } = await open();
    await save(key, {
      terminations: [termination(70), termination(80), termination(90, { expected: true, reason: 'Completed', exitCode: 0 })],
      rollouts: [
        rollout(1, { revision: '1', failures: [healed] }),
        rollout(60, { revision: '2', to: bad, failures: [failed] }),
        rollout(100, { revision: '3', kind: 'rollback', of: '1', from: bad }),
      ],
      podRuns: [
        podRun(2, { until: at(65) }),
        podRun(61, { podUid: 'pod-2', image: bad, until: at(110) }),
        podRun(101, { podUid: 'pod-3' }),
      ],
    });
    await save(web, {
      terminations: [termination(75, { ...ofWeb, image: bad, node: 'node-7' })],
      rollouts: [rollout(50, { ...ofWeb, to: bad, failures: [failed] })],
      podRuns: [podRun(51, { ...ofWeb, podUid: 'pod-9', image: { ...bad, tag: '1.4.2' } })],
    });
    return ledger;
  }

  describe('rows', () => {
    test('come back as they were saved, the end of a wait included', async () => {
      const ledger = await filled();
      expect(await ledger.rolloutsOf([key])).toEqual([
        rollout(1, { revision: '1', failures: [healed] }),
        rollout(60, { revision: '2', to: bad, failures: [failed] }),
        rollout(100, { revision: '3', kind: 'rollback', of: '1', from: bad }),
      ]);
      expect(await ledger.terminations({ limit: 10, cluster: 'other' })).toEqual([
        termination(75, { ...ofWeb, image: bad, node: 'node-7' }),
      ]);
    });

    test('come newest first, page by page, none twice and none left out', async () => {
      const ledger = await filled();
      const seen: string[] = [];
      for (let after: { at: number; evidence: string; container: string } | undefined, more = true; more;) {
        const [row, next] = await ledger.terminations({ limit: 2, ...(after === undefined ? {} : { after }) });
        if (row !== undefined) seen.push(row.finishedAt);
        after = row === undefined ? after : { at: Date.parse(row.finishedAt), evidence: row.evidence, container: row.container };
        more = next !== undefined;
      }
      expect(seen).toEqual([at(90), at(80), at(75), at(70)]);
    });

    test.each([
      ['an expected end is none of the restarts', { of: 'restarts' as const }, [80, 75, 70]],
      ['of one cluster', { cluster: 'other' }, [75]],
      ['of one workload', { cluster: key.cluster, namespace: key.namespace, workload: key }, [90, 80, 70]],
      ['of one image, by its digest', { image: { digest: bad.digest.slice(0, 14) } }, [75]],
      ['of one image, by its tag', { image: { repository: 'shop/api', tag: '1.4.2' } }, [90, 80, 70]],
      ['of one node', { node: 'node-7' }, [75]],
      ['from a time on, and before another', { since: instant(75), until: instant(80) }, [75]],
    ])('deaths: %s', async (_, query, seconds) => {
      const found = await (await filled()).terminations({ limit: 10, ...query });
      expect(found.map(({ finishedAt }) => finishedAt)).toEqual(seconds.map(at));
    });

    test('are replaced by what the records of today tell', async () => {
      const { ledger, save } = await open();
      await save(key, { rollouts: [rollout(1, { failures: [{ ...healed, lastAt: at(20) }] })], terminations: [termination(70)] });
      await save(key, { rollouts: [rollout(1, { failures: [healed] })] });
      expect(await ledger.rolloutsOf([key])).toEqual([rollout(1, { failures: [healed] })]);
      expect(await ledger.terminations({ limit: 10 })).toEqual([]);
    });
  });

  describe('what is asked of images', () => {
    test.each([
      ['before anything ran', 1, []],
      ['in the beginning', 30, [[digest, 1]]],
      [
        'while a rollout is under way',
        63,
        [
          [bad.digest, 1],
          [digest, 1],
          [bad.digest, 1],
        ],
      ],
      [
        'after the rollback',
        500,
        [
          [bad.digest, 1],
          [digest, 1],
        ],
      ],
    ])('what ran %s', async (_, seconds, images) => {
      const runs = await (await filled()).imageRuns({ at: instant(seconds) });
      const placed = runs.toSorted((a, b) => (a.cluster + (a.image.tag ?? '') > b.cluster + (b.image.tag ?? '') ? 1 : -1));
      expect(placed.map(({ image, pods }) => [image.digest, pods])).toEqual(images);
    });

    test('which workloads ran it, or rolled back where none is named, in the order of their keys', async () => {
      const ledger = await filled();
      const names = async (query: Omit<Parameters<LedgerStore['auditedWorkloads']>[0], 'limit'>) =>
        (await ledger.auditedWorkloads({ limit: 10, ...query })).map(({ name }) => name);
      expect(await names({})).toEqual(['api']);
      expect(await names({ image: { digest: bad.digest } })).toEqual(['web', 'api']);
      expect(await names({ image: { digest: bad.digest }, after: web })).toEqual(['api']);
      expect(await names({ image: { repository: 'shop/api', tag: '1.5' }, since: instant(55) })).toEqual(['api']);
      expect(await names({ workload: web })).toEqual(['web']);
    });

    test('what a tag meant, where and until when', async () => {
      const sightings = await (await filled()).sightings(['shop/api']);
      expect(sightings.toSorted((a, b) => a.firstAt - b.firstAt)).toEqual([
        { repository: 'shop/api', tag: '1.4.2', digest, cluster: 'test', firstAt: instant(2) },
        { repository: 'shop/api', tag: '1.4.2', digest: bad.digest, cluster: 'other', firstAt: instant(51) },
        { repository: 'shop/api', tag: '1.5', digest: bad.digest, cluster: 'test', firstAt: instant(61), lastAt: instant(110) },
      ]);
    });

    test('where a digest failed', async () => {
      const ledger = await filled();
      const places = async (cluster?: string) => (await ledger.failedRollouts([bad.digest], cluster)).map((row) => row.cluster);
      expect(await places()).toEqual(['other', 'test']);
      expect(await places('test')).toEqual(['test']);
    });
  });
}
