import { isDeepStrictEqual } from 'node:util';
import { compareText } from '#core/compare-text.ts';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import { auditRollbacks } from '../../../functions/usecases/audit-rollbacks.ts';
import { getTrend } from '../../../functions/usecases/get-trend.ts';
import { digestOf } from './image-of.ts';
import { fleetEnd, makeFleet, type FleetOptions, type FleetWorkload } from './make-fleet.ts';
import { day } from './story.ts';

/** Workloads whose rollouts are looked at one by one: every so many of them. */
const auditedEvery = 10;
const since = fleetEnd - 90 * day;
/** Groups of one page, as many as a page may have. */
const limit = 100;

/**
 * Asks a whole fleet, and compares with what its generator meant.
 *
 * @returns how many answers were compared
 * @throws {Error} with the first one that differs
 */
export async function checkAnswers(ledger: LedgerStore, options: FleetOptions): Promise<number> {
  const workloads = [...makeFleet(options)];
  return (await checkTrend(ledger, workloads)) + (await checkAudits(ledger, workloads)) + (await checkImages(ledger, workloads));
}

async function checkTrend(ledger: LedgerStore, workloads: readonly FleetWorkload[]): Promise<number> {
  const said: string[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await getTrend(
      { ledger },
      {},
      { of: 'oomkilled', by: 'workload', bucket: '1d', last: 90 * day, limit, ...(cursor === undefined ? {} : { cursor }) },
    );
    said.push(...page.items.map(({ cluster, workload, total }) => `${cluster ?? ''}/${workload?.name ?? ''}: ${total}`));
    [cursor, more] = [page.next, page.next !== undefined];
  }
  const meant = workloads.flatMap((workload) => {
    const deaths = oomKills(workload);
    return deaths === 0 ? [] : [`${workload.key.cluster}/${workload.key.name}: ${deaths}`];
  });
  mustEqual('OOM kills in 90 days', said.toSorted(compareText), meant.toSorted(compareText));
  return meant.length;
}

function oomKills({ story }: FleetWorkload): number {
  return story.releases.reduce(
    (sum, { symptom, deaths }) => sum + (symptom === 'OOMKilled' ? deaths.filter((at) => at >= since).length : 0),
    0,
  );
}

async function checkAudits(ledger: LedgerStore, workloads: readonly FleetWorkload[]): Promise<number> {
  let compared = 0;
  for (const { key, story } of workloads.filter((_, index) => index % auditedEvery === 0)) {
    const { items } = await auditRollbacks({ ledger }, {}, { cluster: key.cluster, namespace: key.namespace, workload: key, limit: 1 });
    for (const [index, meant] of Object.entries(story.verdicts)) {
      const item = items[Number(index)];
      const said = {
        verdict: item?.replacedBy?.verdict,
        deaths: item?.failures.reduce((sum, { deaths }) => sum + deaths, 0),
        quietSeconds: item?.replacedBy?.quietSeconds,
      };
      mustEqual(`${key.cluster}/${key.name}, release ${index}`, said, meant);
      compared += 1;
    }
  }
  return compared;
}

/** An app is the same in every cluster: what is bad in one is bad in all, and a tag that moved has moved for all. */
async function checkImages(ledger: LedgerStore, workloads: readonly FleetWorkload[]): Promise<number> {
  const apps = new Map(workloads.map(({ app, story }) => [app, story.name]));
  const clusters = new Set(workloads.map(({ key }) => key.cluster)).size;
  for (const [app, name] of apps) {
    const { movedTags, failedDigests } = await auditRollbacks({ ledger }, {}, { image: { repository: app }, limit });
    const moved = name === 'moved-tag' ? [['v1', [digestOf(app, 1), digestOf(app, 2)]]] : [];
    mustEqual(
      `tags of ${app} that moved`,
      movedTags.map(({ tag, digests }) => [tag, digests.map(({ digest }) => digest)]),
      moved,
    );
    if (name !== 'bad-release' || clusters < 2) continue;
    const failed = failedDigests.map(({ digest, clusters: where }) => [digest, where.length]);
    mustEqual(`digests of ${app} that failed`, failed, [[digestOf(app, 2), clusters]]);
  }
  return apps.size;
}

function mustEqual(what: string, said: unknown, meant: unknown): void {
  if (isDeepStrictEqual(said, meant)) return;
  throw new Error(`${what}: ${JSON.stringify(said).slice(0, 400)}, and not ${JSON.stringify(meant).slice(0, 400)}`);
}
