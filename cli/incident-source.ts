import { z } from 'zod';
import type { Incident } from '#core/incident/incident.ts';
import type { DraftWish } from '#core/report/draft-incident.ts';
import { splitParts } from '#core/report/targets/join-parts.ts';
import type { IncidentQuery } from '#core/store-model.ts';
import type { Config } from '../functions/config.ts';
import { askServer as ask } from './ask-server.ts';
import { openStoreConfig } from './open-store-config.ts';

/** Where queries are answered: a store on this machine, or a server. */
export interface IncidentSource {
  list(query: IncidentQuery): Promise<readonly Incident[]>;
  /** @throws {MortemError} `not-found` */
  timeline(incidentId: string): Promise<string>;
  /**
   * The parts of a draft: one, unless its target takes no more in one.
   * @throws {MortemError} `not-found`
   */
  draft(incidentId: string, wish: DraftWish): Promise<readonly string[]>;
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
  const [{ compose }, { listIncidents }, { getTimeline }, { getDraft }, { explainEvidence }] = await Promise.all([
    import('../functions/compose.ts'),
    import('../functions/usecases/list-incidents.ts'),
    import('../functions/usecases/get-timeline.ts'),
    import('../functions/usecases/get-draft.ts'),
    import('../functions/usecases/explain-evidence.ts'),
  ]);
  const deps = compose(config);
  return {
    list: async (query) => (await listIncidents(deps, {}, query)).items,
    timeline: async (id) => (await getTimeline(deps, {}, id)).markdown,
    draft: async (id, wish) => (await getDraft(deps, {}, id, wish)).parts,
    explain: (prefix) => explainEvidence(deps, {}, prefix),
    close: () => deps.close(),
  };
}

function openRemote(server: string, key: string | undefined): IncidentSource {
  return {
    async list(query) {
      const answer = await ask(server, `/v1/incidents?${searchOf(query).toString()}`, key);
      return incidentList.parse(await answer.json()).items;
    },
    timeline: async (id) => (await ask(server, `/v1/incidents/${encodeURIComponent(id)}/timeline.md`, key)).text(),
    async draft(id, wish) {
      const search = new URLSearchParams(Object.entries(wish));
      return splitParts(await (await ask(server, `/v1/incidents/${encodeURIComponent(id)}/draft.md?${search.toString()}`, key)).text());
    },
    explain: async (prefix) => (await ask(server, `/v1/evidence/${encodeURIComponent(prefix)}`, key)).json(),
    close: async () => {},
  };
}

/** The server's answer is versioned and its own; only its frame is checked here. */
const incidentList = z.object({
  apiVersion: z.literal('mortem.dev/v1'),
  items: z.array(z.custom<Incident>((item) => typeof item === 'object' && item !== null)),
});

function searchOf({ cluster, namespace, workload, pod, status, since, limit }: IncidentQuery): URLSearchParams {
  const search = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => (value === undefined ? undefined : search.set(name, String(value)));
  set('cluster', cluster);
  set('namespace', namespace);
  set('pod', pod);
  set('status', status);
  set('limit', limit);
  set('since', since === undefined ? undefined : new Date(since).toISOString());
  set('workload', workload === undefined ? undefined : `${workload.kind}/${workload.name}`);
  return search;
}
