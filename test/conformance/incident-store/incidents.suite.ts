import { describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { at, instant, key, pod } from '../../support/build-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

let watermark = 0;

/** Saves the incidents of the workload that the first of them names, after a change of its records. */
async function save(store: IncidentStore, incidents: readonly Incident[], documents: readonly StoredDocument[] = []): Promise<void> {
  const { cluster, namespace, workload } = incidents[0] ?? incident();
  watermark += 1;
  const owner = { ...workload, chain: [] };
  const record = pod(watermark, { namespace, name: `${workload.name}-1`, uid: `pod-${namespace}-${workload.name}`, workload: owner });
  const { touched } = await store.indexObservations(cluster, [{ ...record, cluster }]);
  for (const version of touched) {
    await store.saveIncidents(
      version,
      incidents.map((item) => ({ incident: item, documents })),
      watermark,
    );
  }
}

const crashed = incident({ id: 'INC-1111111111111111', onsetAt: at(10) });
const recovered = incident({ id: 'INC-2222222222222222', onsetAt: at(500), status: 'recovered', settled: true, recoveredAt: at(600) });
const ended = incident({
  id: 'INC-3333333333333333',
  namespace: 'billing',
  workload: { kind: 'Job', name: 'import' },
  status: 'ended',
  onsetAt: at(300),
  chapters: incident().chapters.map((chapter) => ({ ...chapter, pods: ['import-1'], lastAt: at(400) })),
});
const elsewhere = incident({ id: 'INC-4444444444444444', cluster: 'other', onsetAt: at(50) });

export function describeIncidents(open: OpenStore): void {
  describe('incidents', () => {
    test('come back unchanged, newest onset first, narrowed by every filter', async () => {
      const store = await open();
      await save(store, [crashed, recovered]);
      await save(store, [ended]);
      await save(store, [elsewhere]);

      expect(await store.incidents({})).toEqual([recovered, ended, elsewhere, crashed]);
      expect(await store.incidents({ limit: 2 })).toEqual([recovered, ended]);
      expect(await store.incidents({ cluster: 'other' })).toEqual([elsewhere]);
      expect(await store.incidents({ namespace: 'billing' })).toEqual([ended]);
      expect(await store.incidents({ cluster: 'test', workload: { kind: 'Deployment', name: 'api' } })).toEqual([recovered, crashed]);
      expect(await store.incidents({ status: 'open' })).toEqual([elsewhere, crashed]);
      expect(await store.incidents({ status: 'ended' })).toEqual([ended]);
      expect(await store.incidents({ pod: 'import-1' })).toEqual([ended]);
      expect(await store.incidents({ pod: 'app' })).toEqual([]);
      expect(await store.incidents({ pod: 'api-7d9f-abcde', limit: 1 })).toEqual([recovered]);
    });

    test('`since` leaves out what was over before', async () => {
      const store = await open();
      await save(store, [crashed, recovered]);
      await save(store, [ended]);
      expect(await store.incidents({ since: instant(400) })).toEqual([recovered, ended, crashed]);
      expect(await store.incidents({ since: instant(401) })).toEqual([recovered, crashed]);
      expect(await store.incidents({ since: instant(601) })).toEqual([crashed]);
    });

    test('come page by page: each once, those of one moment too, and the end is told', async () => {
      const store = await open();
      const many = Array.from({ length: 7 }, (_, index) =>
        incident({ id: `INC-${String(index).padStart(16, '0')}`, onsetAt: at(index < 4 ? 100 : 200 + index) }),
      );
      await save(store, many);
      const all = await store.incidents({});
      for (const wish of [{}, { text: 'api' }]) {
        const seen: Incident[] = [];
        for (
          let page = await store.incidentPage({ ...wish, limit: 2 });
          ;
          page = await store.incidentPage({ ...wish, limit: 2, after: page.next })
        ) {
          seen.push(...page.items);
          if (page.next === undefined) break;
        }
        expect(seen).toEqual(all);
      }
      expect(await store.incidentPage({ limit: 7 })).toEqual({ items: all });
    });

    test('are found by symptom and by what they say, and not by how they are stored', async () => {
      const store = await open();
      const oom = incident({
        id: 'INC-5555555555555555',
        chapters: [{ ...crashed.chapters[0]!, symptom: 'OOMKilled', cause: 'oom-container-limit', summary: '100%_sure of it' }],
      });
      await save(store, [crashed, oom]);
      expect(await store.incidents({ symptom: 'OOMKilled' })).toEqual([oom]);
      expect(await store.incidents({ symptom: 'Evicted' })).toEqual([]);
      expect(await store.incidents({ text: 'OOM-Container' })).toEqual([oom]);
      expect(await store.incidents({ text: '100%_SURE' })).toEqual([oom]);
      expect(await store.incidents({ text: '1%_s' })).toEqual([]);
      expect(await store.incidents({ text: 'api', limit: 1 })).toHaveLength(1);
      expect(await store.incidents({ text: 'failurePoint' })).toEqual([]);
    });

    test('are found by id, by an older id, or by a unique prefix', async () => {
      const store = await open();
      const renamed = incident({ id: 'INC-1112222222222222', aliases: ['INC-9999999999999999'] });
      await save(store, [crashed, renamed]);
      expect(await store.incident(crashed.id)).toEqual(crashed);
      expect(await store.incident('INC-9999999999999999')).toEqual(renamed);
      expect(await store.incident('INC-1112')).toEqual(renamed);
      expect(await store.incident('INC-99')).toEqual(renamed);
      expect(await store.incident('INC-77')).toBeUndefined();
      expect(await store.incident('%')).toBeUndefined();
      await expect(store.incident('INC-111')).rejects.toEqual(
        new MortemError('conflict', 'INC-111 is the start of INC-1111111111111111, INC-1112222222222222. Give more of the id.'),
      );
    });

    test('that rest on one shared record are all found by the name it gives', async () => {
      const store = await open();
      const shared = 'INC-9999999999999999' as const;
      await save(store, [{ ...crashed, aliases: [shared] }]);
      await save(store, [{ ...ended, aliases: [shared] }]);
      await save(store, [elsewhere]);
      expect(await store.incidentsNamed(shared)).toEqual([
        { ...crashed, aliases: [shared] },
        { ...ended, aliases: [shared] },
      ]);
      expect(await store.incidentsNamed(elsewhere.id)).toEqual([elsewhere]);
      expect(await store.incidentsNamed('INC-9999')).toEqual([]);
    });

    test('replace those of the same workload, with their ids and documents, and no others', async () => {
      const store = await open();
      await save(store, [{ ...crashed, aliases: ['INC-9999999999999999'] }], [timeline({ markdown: '# one\n' })]);
      await save(store, [ended], [timeline({ markdown: '# job\n' })]);
      await save(store, [recovered], [timeline({ markdown: '# two\n' })]);

      expect(await store.incidents({})).toEqual([recovered, ended]);
      expect(await store.incident('INC-9999999999999999')).toBeUndefined();
      expect(await store.document(crashed.id, 'timeline')).toBeUndefined();
      expect(await store.document(recovered.id, 'timeline')).toEqual(timeline({ markdown: '# two\n' }));
      expect(await store.document(ended.id, 'timeline')).toEqual(timeline({ markdown: '# job\n' }));
      expect(await store.document(ended.id, 'draft')).toBeUndefined();
    });

    test('an incident that stays gets its new documents', async () => {
      const store = await open();
      await save(store, [crashed], [timeline({ markdown: '# one\n' }), timeline({ kind: 'draft', markdown: '# draft\n' })]);
      await save(store, [crashed], [timeline({ markdown: '# two\n', inputHash: 'e'.repeat(64) })]);
      expect(await store.document(crashed.id, 'timeline')).toEqual(timeline({ markdown: '# two\n', inputHash: 'e'.repeat(64) }));
      expect(await store.document(crashed.id, 'draft')).toBeUndefined();
    });

    test('an incident that turns out to be of another workload moves there, whichever of the two is saved first', async () => {
      const moved = incident({ ...crashed, workload: { kind: 'Deployment', name: 'web' } });
      for (const newOwnerFirst of [true, false]) {
        const store = await open();
        await save(store, [crashed, recovered], [timeline({ markdown: '# as of api\n' })]);
        const takeOver = () => save(store, [moved], [timeline({ markdown: '# as of web\n' })]);
        const giveUp = () => save(store, [recovered], [timeline({ markdown: '# as of api\n' })]);
        for (const step of newOwnerFirst ? [takeOver, giveUp] : [giveUp, takeOver]) await step();
        expect(await store.incidents({})).toEqual([recovered, moved]);
        expect(await store.incident(crashed.aliases[0] ?? crashed.id)).toEqual(moved);
        expect(await store.document(crashed.id, 'timeline')).toMatchObject({ markdown: '# as of web\n' });
        expect(await store.document(recovered.id, 'timeline')).toMatchObject({ markdown: '# as of api\n' });
      }
    });

    test('workloads saved at once, incidents that move between them included, leave whole incidents', async () => {
      const store = await open();
      const names = ['api', 'web', 'worker', 'cron'];
      const shared = incident({ id: 'INC-5555555555555555' });
      await Promise.all(
        names.map((name) => {
          const workload = { kind: 'Deployment', name };
          const own = incident({ id: `INC-${Buffer.from(name.padEnd(8)).toString('hex')}`, workload });
          return save(store, [own, ...(name === 'api' ? [incident({ ...shared, workload })] : [])], [timeline()]);
        }),
      );
      const found = await store.incidents({});
      expect(found.map(({ workload }) => workload.name).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
        'api',
        'api',
        'cron',
        'web',
        'worker',
      ]);
      for (const { id } of found) {
        expect(await store.incident(id)).toMatchObject({ id });
        expect(await store.document(id, 'timeline')).toEqual(timeline());
      }
    });

    test('documents that are replaced or taken back stay readable, under whatever id their incident has by now', async () => {
      const store = await open();
      const draft = (markdown: string) => timeline({ kind: 'draft', markdown });
      expect(await store.documentVersions(crashed.id, 'draft')).toEqual([]);
      await save(store, [crashed, recovered], [timeline(), draft('# one\n')]);
      await save(store, [{ ...crashed, settled: true }, recovered], [timeline(), draft('# one\n')]);
      await save(store, [crashed, recovered], [timeline(), { ...draft('# two\n'), watermark: 7, inputHash: 'e'.repeat(64) }]);
      // A late record moves the onset: the incident has another id, and goes on.
      const moved = incident({ ...crashed, id: 'INC-0101010101010101', aliases: [crashed.id, ...crashed.aliases] });
      await save(store, [moved, recovered]);
      await save(store, [moved, recovered], [timeline(), draft('# three\n')]);

      const made = { watermark: timeline().watermark, inputHash: timeline().inputHash };
      expect(await store.documentVersions(moved.id, 'draft')).toEqual([
        { version: 1, ...made },
        { version: 2, watermark: 7, inputHash: 'e'.repeat(64) },
        { version: 3, ...made },
      ]);
      const texts = [1, 2, 3, 4].map(async (version) => (await store.document(moved.id, 'draft', version))?.markdown);
      expect(await Promise.all(texts)).toEqual(['# one\n', '# two\n', '# three\n', undefined]);
      expect(await store.document(moved.id, 'draft')).toEqual(draft('# three\n'));
      expect((await store.documentVersions(moved.id, 'timeline')).map(({ version }) => version)).toEqual([1, 2]);
      expect(await store.documentVersions(ended.id, 'draft')).toEqual([]);
    });

    test('no incident is left when none is saved', async () => {
      const store = await open();
      await save(store, [crashed], [timeline()]);
      const { touched } = await store.indexObservations('test', [pod(5000)]);
      await store.saveIncidents(
        touched.find(({ name }) => name === key.name)!,
        [],
        instant(5000),
      );
      expect(await store.incidents({})).toEqual([]);
    });
  });
}
