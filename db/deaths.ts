import { sql } from 'drizzle-orm';
import { deathEvidence } from '#core/evidence/evidence-id.ts';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { Observation } from '#core/wire/observation.ts';
import { hourOf } from './hour.ts';
import type { Connection } from './database.ts';
import { nodeHash } from './node-hash.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import type { StoredObservation } from './store-observations.ts';

interface DeathRow {
  readonly hour: number;
  readonly evidence: string;
  readonly cluster: string;
  readonly observedAt: number;
  readonly key: string;
}

const statements = prepared((connection) => {
  const { deaths } = connection.tables;
  return {
    keepEarliest: createRowInserter(connection, {
      name: 'keep_earliest_death',
      columns: ['hour', 'evidence', 'cluster', 'observedAt', 'key'],
      insert: (rows) =>
        connection.db
          .insert(deaths)
          .values(rows)
          .onConflictDoUpdate({
            target: [deaths.hour, deaths.evidence, deaths.cluster],
            set: { observedAt: sql`excluded.observed_at`, key: sql`excluded.key` },
            setWhere: sql`(excluded.observed_at, excluded.key) < (${deaths.observedAt}, ${deaths.key})`,
          }),
    }),
  };
});

/** Notes for every death which record shows it first; the same death is in many states of its pod. */
export async function indexDeaths(tx: Connection, cluster: string, changed: readonly StoredObservation[]): Promise<void> {
  const earliest = new Map<string, DeathRow>();
  for (const { key, observation } of changed) {
    const observedAt = Date.parse(observation.observedAt);
    for (const { containerID, hour } of deathsIn(observation)) {
      const known = earliest.get(containerID);
      if (known !== undefined && !isBefore({ observedAt, key }, known)) continue;
      earliest.set(containerID, { hour, evidence: deathEvidence(containerID, nodeHash), cluster, observedAt, key });
    }
  }
  await statements(tx).keepEarliest([...earliest.values()]);
}

/** Where the deaths that a record carries are noted. */
export function deathPlaces(observation: Observation): readonly Pick<DeathRow, 'hour' | 'evidence'>[] {
  return deathsIn(observation).map(({ containerID, hour }) => ({ hour, evidence: deathEvidence(containerID, nodeHash) }));
}

function isBefore(a: Pick<DeathRow, 'observedAt' | 'key'>, b: Pick<DeathRow, 'observedAt' | 'key'>): boolean {
  return a.observedAt === b.observedAt ? a.key < b.key : a.observedAt < b.observedAt;
}

interface Death {
  readonly containerID: string;
  /** Of the end of the container: part of the record, so that a repeat finds the same row. */
  readonly hour: number;
}

function deathsIn(observation: Observation): readonly Death[] {
  return observation.kind === 'pod' ? observation.containers.flatMap(deathsOf) : [];
}

function deathsOf({ state, lastState }: ContainerStatus): readonly Death[] {
  return [state?.terminated, lastState?.terminated].flatMap((terminated) =>
    terminated?.containerID === undefined
      ? []
      : [{ containerID: terminated.containerID, hour: hourOf(Date.parse(terminated.finishedAt ?? '')) }],
  );
}
