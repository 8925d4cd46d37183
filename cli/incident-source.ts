import { z } from 'zod';
import type { Incident } from '#core/incident/incident.ts';
import type { DraftWish } from '#core/report/draft-incident.ts';
import { splitParts } from '#core/report/targets/join-parts.ts';
import type { IncidentQuery, StoredDocument } from '#core/store-model.ts';
import type { TimelineWish } from '#core/report/timeline-incident.ts';
import type { DocumentVersionList } from '../functions/usecases/list-document-versions.ts';
import type { Config } from '../functions/config.ts';
import { askServer as ask } from './ask-server.ts';
import { openStoreConfig } from './open-store-config.ts';

/** Where queries are answered: a store on this machine, or a server. */
export interface IncidentSource {
  list(query: IncidentQuery): Promise<readonly Incident[]>;
  /**
   * By id, older id or unique prefix.
   * @throws {MortemError} `not-found`
   */
  incident(idOrPrefix: string): Promise<Incident>;
  /**
   * Its parts: one, unless its target takes no more in one.
   * @throws {MortemError} `not-found`
   */
  timeline(incidentId: string, wish: TimelineWish): Promise<readonly string[]>;
  /**
   * The parts of a draft: one, unless its target takes no more in one.
   * @throws {MortemError} `not-found`
   */
  draft(incidentId: string, wish: DraftWish): Promise<readonly string[]>;
  /** @throws {MortemError} `not-found` for an incident that is not known */
  versions(incidentId: string, kind: StoredDocument['kind']): Promise<DocumentVersionList>;
  /**
   * A document as it was stored once.
   * @throws {MortemError} `not-found`
   */
  version(incidentId: string, kind: StoredDocument['kind'], version: number): Promise<string>;
  /**
   * The records whose evidence id begins so.
   * @throws {MortemError} `not-found`
   */
  explain(prefix: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly data?: string;
  readonly server?: string;
}

export async function openSource({ data, server }: SourceOptions, env: NodeJS.ProcessEnv): Promise<IncidentSource> {
  return server === undefined ? openLocal(openStoreConfig(data, env)) : openRemote(server, env['MORTEM_KEY']);
}

async function openLocal(config: Config): Promise<IncidentSource> {
  const [
    { compose },
    { listIncidents },
    { getIncident },
    { getTimeline },
    { getDraft },
    { listDocumentVersions },
    { getDocumentVersion },
    { explainEvidence },
  ] = await Promise.all([
    import('../functions/compose.ts'),
    import('../functions/usecases/list-incidents.ts'),
    import('../functions/usecases/get-incident.ts'),
    import('../functions/usecases/get-timeline.ts'),
    import('../functions/usecases/get-draft.ts'),
    import('../functions/usecases/list-document-versions.ts'),
    import('../functions/usecases/get-document-version.ts'),
    import('../functions/usecases/explain-evidence.ts'),
  ]);
  const deps = compose(config);
  return {
    list: (query) => allPages(query, (wish) => listIncidents(deps, {}, wish)),
    incident: (id) => getIncident(deps, {}, id),
    timeline: async (id, wish) => (await getTimeline(deps, {}, id, wish)).parts,
    draft: async (id, wish) => (await getDraft(deps, {}, id, wish)).parts,
    versions: (id, kind) => listDocumentVersions(deps, {}, { idOrPrefix: id, kind }),
    version: async (id, kind, version) => (await getDocumentVersion(deps, {}, { idOrPrefix: id, kind, version })).markdown,
    explain: (prefix) => explainEvidence(deps, {}, prefix),
    close: () => deps.close(),
  };
}

function openRemote(server: string, key: string | undefined): IncidentSource {
  const document = async (id: string, kind: StoredDocument['kind'], query: DraftWish | { readonly version: string }): Promise<string> => {
    const search = new URLSearchParams(Object.entries(query));
    return (await ask(server, `/v1/incidents/${encodeURIComponent(id)}/${kind}.md?${search.toString()}`, key)).text();
  };
  return {
    list: (query) =>
      allPages(query, async (wish) =>
        incidentList.parse(await (await ask(server, `/v1/incidents?${searchOf(wish).toString()}`, key)).json()),
      ),
    async incident(id) {
      return incident.parse(await (await ask(server, `/v1/incidents/${encodeURIComponent(id)}`, key)).json());
    },
    timeline: async (id, wish) => splitParts(await document(id, 'timeline', wish)),
    draft: async (id, wish) => splitParts(await document(id, 'draft', wish)),
    async versions(id, kind) {
      const answer = await ask(server, `/v1/incidents/${encodeURIComponent(id)}/${kind}/versions`, key);
      return versionList.parse(await answer.json());
    },
    version: (id, kind, version) => document(id, kind, { version: String(version) }),
    explain: async (prefix) => (await ask(server, `/v1/evidence/${encodeURIComponent(prefix)}`, key)).json(),
    close: async () => {},
  };
}

type PageWish = IncidentQuery & { readonly cursor?: string };

const perPage = 1000;

/** What the command line shows is the whole list. */
async function allPages(
  query: IncidentQuery,
  askPage: (wish: PageWish) => Promise<{ readonly items: readonly Incident[]; readonly next?: string }>,
): Promise<readonly Incident[]> {
  const items: Incident[] = [];
  for (let wish: PageWish | undefined = { limit: perPage, ...query }; wish !== undefined;) {
    const page = await askPage(wish);
    items.push(...page.items);
    wish = page.next === undefined ? undefined : { ...wish, cursor: page.next };
  }
  return items;
}

/** The server's answer is versioned and its own; only its frame is checked here. */
const incident = z.custom<Incident>((item) => typeof item === 'object' && item !== null);
const incidentList = z.object({
  apiVersion: z.literal('mortem.dev/v1'),
  items: z.array(incident),
  next: z.string().exactOptional(),
});
const versionList = z.object({
  apiVersion: z.literal('mortem.dev/v1'),
  kind: z.literal('DocumentVersionList'),
  incident: z.string(),
  document: z.enum(['timeline', 'draft']),
  items: z.array(z.object({ version: z.number(), dataThrough: z.string(), inputHash: z.string() })),
});

function searchOf({ cluster, namespace, workload, pod, status, since, limit, cursor }: PageWish): URLSearchParams {
  const search = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => (value === undefined ? undefined : search.set(name, String(value)));
  set('cluster', cluster);
  set('namespace', namespace);
  set('pod', pod);
  set('status', status);
  set('limit', limit);
  set('cursor', cursor);
  set('since', since === undefined ? undefined : new Date(since).toISOString());
  set('workload', workload === undefined ? undefined : `${workload.kind}/${workload.name}`);
  return search;
}
