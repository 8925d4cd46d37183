import type { ServerResponse } from 'node:http';
import { openWatch, sendJson, sendStatus, startApiDouble, type ApiDouble } from './api-double.ts';

type Watch = ReturnType<typeof openWatch>;

/** A cluster of the test's own making: what it lists, what it refuses, and a hand on each open watch. */
export interface SmallCluster extends Pick<ApiDouble, 'kubeConfig' | 'asked' | 'requests' | 'close' | 'url'> {
  /** Writes to the open watch of a resource; waits for one to open. */
  watch(resource: string): Promise<Watch>;
}

export interface SmallClusterOptions {
  /** Objects of each resource; those that are not named are empty. */
  readonly objects?: Readonly<Record<string, readonly object[]>>;
  /** Answers to anything else, by path. */
  readonly answers?: Readonly<Record<string, (response: ServerResponse, query: Readonly<Record<string, string>>) => void>>;
  readonly forbidden?: readonly string[];
}

export async function startSmallCluster({ objects = {}, answers = {}, forbidden = [] }: SmallClusterOptions = {}): Promise<SmallCluster> {
  const open = new Map<string, Watch>();
  const waiting: (() => void)[] = [];
  const double = await startApiDouble(({ path, query }, response) => {
    const resource = path.split('/').at(-1) ?? '';
    const answer = answers[path];
    if (answer !== undefined) return answer(response, query);
    if (path === '/version') return sendJson(response, 200, { major: '1', minor: '36' });
    if (forbidden.includes(resource))
      return sendStatus(response, 403, `${resource} is forbidden: User "u" cannot list resource "${resource}"`);
    if (!resource.endsWith('s')) return sendStatus(response, 404, `"${resource}" not found`);
    if (query.watch !== 'true') return sendJson(response, 200, { metadata: { resourceVersion: '100' }, items: objects[resource] ?? [] });
    open.set(resource, openWatch(response));
    for (const wake of waiting.splice(0)) wake();
  });
  return {
    ...double,
    async watch(resource) {
      for (;;) {
        const found = open.get(resource);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => void waiting.push(resolve));
      }
    },
  };
}
