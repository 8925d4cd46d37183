import { describe, expect, test } from 'vitest';
import { deathEvidence, evidenceOf } from '#core/evidence/evidence-id.ts';
import { container, ended, event, log, pod } from '../../support/build-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

const dayInSeconds = 86_400;

function crash(seconds: number, containerID: string) {
  return pod(seconds, { containers: [container({ lastState: ended(containerID, 1, 0, 5) })] });
}

export function describeEvidence(open: OpenStore): void {
  describe('evidence', () => {
    test('every record is found by its evidence id and by a prefix of it', async () => {
      const store = await open();
      const records = [pod(1), event(2, { reason: 'BackOff', message: 'again' }), log(3, 'containerd://c1', 'fatal\n')];
      await store.indexObservations('test', records);
      for (const observation of records) {
        const evidenceId = evidenceOf(observation);
        expect(await store.evidence(evidenceId, 10)).toEqual([{ evidenceId, observation }]);
        expect(await store.evidence(evidenceId.slice(0, 11), 10)).toEqual([{ evidenceId, observation }]);
      }
      expect(await store.evidence('EV-', 10)).toHaveLength(3);
      expect(await store.evidence('EV-', 2)).toHaveLength(2);
      expect(await store.evidence('EV-zzzz', 10)).toEqual([]);
    });

    test('a death is shown by the earliest state that carries it, in any order of arrival', async () => {
      const evidenceId = deathEvidence('containerd://dead');
      const first = crash(10, 'containerd://dead');
      const later = crash(20, 'containerd://dead');
      const nextDay = crash(20 + dayInSeconds, 'containerd://dead');
      for (const order of [
        [first, later, nextDay],
        [nextDay, later, first],
      ]) {
        const store = await open();
        for (const record of order) await store.indexObservations('test', [record]);
        expect(await store.evidence(evidenceId, 10)).toEqual([{ evidenceId, observation: first }]);
      }
    });

    test('the same id in two clusters is two records', async () => {
      const store = await open();
      const record = pod(1);
      await store.indexObservations('test', [record]);
      await store.indexObservations('other', [{ ...record, cluster: 'other' }]);
      const found = await store.evidence(evidenceOf(record), 10);
      expect(found.map(({ observation }) => observation.cluster)).toEqual(['other', 'test']);
    });

    test('an event keeps its evidence id while it repeats, and its first state is shown', async () => {
      const store = await open();
      const first = event(1, { uid: 'uid-event', reason: 'BackOff', message: 'again', count: 1 });
      const second = event(2 + dayInSeconds, { uid: 'uid-event', reason: 'BackOff', message: 'again', count: 2 });
      await store.indexObservations('test', [second, first]);
      expect(await store.evidence(evidenceOf(first), 10)).toEqual([{ evidenceId: evidenceOf(second), observation: first }]);
    });
  });
}
