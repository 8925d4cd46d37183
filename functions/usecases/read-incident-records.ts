import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { Block } from '#core/report/block.ts';
import { documentBlocks } from '#core/report/document-blocks.ts';
import { findIncident, type SourcedIncident } from '#core/report/incident-source.ts';
import { buildSwimlane } from '#core/report/swimlane/build-swimlane.ts';
import type { Swimlane } from '#core/report/swimlane/swimlane.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { getIncident } from './get-incident.ts';
import { sourceOf } from './incident-source.ts';
import type { ReadScope } from './read-scope.ts';
import type { RecentRecords } from './recent-records.ts';

/** What an incident was built from, and the picture of it. */
export interface IncidentPicture {
  readonly source: SourcedIncident;
  readonly swimlane: Swimlane;
  /** Its documents as data, each made when it is first read. */
  readonly documents: (kind: StoredDocument['kind']) => readonly Block[];
}

export interface IncidentRecords {
  readonly incident: Incident;
  /** Absent once the records it was made from are older than they are kept. */
  readonly picture?: IncidentPicture;
}

export interface RecordsDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'observationsOf' | 'watermark'>;
  readonly recent: RecentRecords;
}

/**
 * An incident with what it was built from, for everything that is drawn of it.
 *
 * @throws {MortemError} as {@link getIncident} does
 */
export async function readIncidentRecords({ store, recent }: RecordsDeps, scope: ReadScope, idOrPrefix: string): Promise<IncidentRecords> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const isOver = incident.settled || incident.status === 'ended';
  // Of what is over the passing of data time changes nothing.
  const reach = isOver ? 0 : await store.watermark(incident.cluster);
  const picture = await recent.get(`${reach} ${JSON.stringify(incident)}`, async () => {
    const source = findIncident(await sourceOf(store, incident), incident.id);
    return source === undefined ? undefined : toPicture(source);
  });
  return { incident, ...(picture === undefined ? {} : { picture }) };
}

function toPicture(source: SourcedIncident): IncidentPicture {
  const made = new Map<StoredDocument['kind'], readonly Block[]>();
  return {
    source,
    swimlane: buildSwimlane(source.built),
    documents(kind) {
      const blocks = made.get(kind) ?? documentBlocks(kind, source);
      made.set(kind, blocks);
      return blocks;
    },
  };
}
