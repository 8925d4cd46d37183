import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { createActivity } from '../../../../collector/activity.ts';
import { object } from '../../../../collector/trim/read-field.ts';
import { createKubernetesApi } from '../../../../collector/watch/kubernetes-api.ts';
import { createReflector } from '../../../../collector/watch/reflector.ts';
import type { SourceVersion } from '../../../../collector/watch/source-version.ts';
import { watchedResources } from '../../../../collector/watch/watched-resources.ts';
import { openWatch, startApiDouble, type Asked } from '../../support/api-double.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createSilentLogger } from '../../support/silent-logger.ts';

export const item = (name: string, resourceVersion: string) => ({ metadata: { name, uid: name, resourceVersion } });
export const list = (resourceVersion: string, names: readonly string[] = [], token?: string) => ({
  metadata: { resourceVersion, ...(token !== undefined && { continue: token }) },
  items: names.map((name) => item(name, resourceVersion)),
});

const timeOf = (at: Date): string => at.toISOString().slice(11, 19);

/** Runs a reflector over pods; each request is answered by the next function. What it did comes out as lines. */
export async function startReflector(
  script: readonly ((response: ServerResponse, asked: Asked) => void)[],
  { namespace, version }: { readonly namespace?: string; readonly version?: SourceVersion } = {},
) {
  let at = 0;
  const seen: string[] = [];
  const waiting: (() => void)[] = [];
  const note = (line: string) => {
    seen.push(line);
    for (const wake of waiting.splice(0)) wake();
  };
  const double = await startApiDouble((asked, response) => {
    const step = script[at++];
    if (step === undefined) openWatch(response);
    else step(response, asked);
  });
  const clock = createManualClock();
  const logger = createSilentLogger();
  const activity = createActivity();
  const nameOf = (raw: unknown) => String(object(object(raw).metadata).name);
  const reflector = createReflector({
    api: createKubernetesApi({ kubeConfig: double.kubeConfig, clock, userAgent: 'test' }),
    resource: watchedResources.find(({ plural }) => plural === 'pods')!,
    ...(namespace !== undefined && { namespace }),
    handler: {
      listStarted: () => note('list'),
      listed: async (raw) => note(`listed ${nameOf(raw)}`),
      listEnded: async (summary) =>
        note(
          `ended ${summary.resourceVersion} ${summary.objects}${summary.gapSince === undefined ? '' : ` gap since ${timeOf(summary.gapSince)}`}`,
        ),
      startsAfter: (handled) => note(handled === undefined ? 'begins anew' : `starts after ${handled}`),
      changed: async (type, raw) => {
        note(`${type} ${nameOf(raw)}`);
        if (nameOf(raw) === 'broken') throw new Error('cannot handle this');
      },
    },
    clock,
    random: () => 0.5,
    logger,
    activity,
    version,
    onRefused: async (refusal) => note(`refused ${refusal.status} ${refusal.message}`),
  });
  const stopping = new AbortController();
  const done = reflector.run(stopping.signal);
  async function stop(): Promise<void> {
    stopping.abort();
    await double.close();
    await done;
  }
  onTestFinished(stop);
  return {
    double,
    stop,
    seen,
    clock,
    logger,
    reflector,
    async until(line: string) {
      while (!seen.includes(line)) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
    /** Until the reflector sleeps this long before its next try. */
    sleeping: (ms: number) => clock.sleeping(ms),
    queries: () => double.asked.map(({ query }) => query),
  };
}
