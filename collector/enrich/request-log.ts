import type { KubernetesApi } from '../watch/kubernetes-api.ts';
import { readText } from '../watch/read-body.ts';
import { judgeLogAnswer, type LogAnswer } from './judge-log-answer.ts';
import { readLogTail } from './read-log-tail.ts';
import type { Slots } from './slots.ts';

export interface LogTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
}

export interface RequestLogDependencies {
  readonly api: KubernetesApi;
  readonly slots: Slots;
  readonly tailLines: number;
  readonly maxLogBytes: number;
  readonly signal: AbortSignal;
}

const timeoutMs = 30_000;
const maxErrorBytes = 65_536;

/** Asks for the end of one log, with time stamps, by which it is told apart from the next instance's. Never throws. */
export async function requestLog(dependencies: RequestLogDependencies, target: LogTarget): Promise<LogAnswer> {
  const { api, slots, signal } = dependencies;
  const path = `/api/v1/namespaces/${encodeURIComponent(target.namespace)}/pods/${encodeURIComponent(target.pod)}/log`;
  const query = {
    container: target.container,
    tailLines: String(dependencies.tailLines),
    timestamps: 'true',
    previous: target.previous ? 'true' : undefined,
  };
  try {
    return await slots.run(async () => {
      const response = await api.get({ path, query, signal, timeoutMs });
      if (response.status !== 200) {
        const body = await readText(response.body, maxErrorBytes);
        return judgeLogAnswer(response.status, body, response.retryAfterMs) ?? { kind: 'missing', reason: body, passing: false };
      }
      const { text, droppedBytes } = await readLogTail(response.body, dependencies.maxLogBytes);
      return judgeLogAnswer(200, text) ?? { kind: 'text', text, droppedBytes, cutByLines: lineCount(text) >= dependencies.tailLines };
    });
  } catch (error) {
    return { kind: 'missing', reason: error instanceof Error ? error.message : String(error), passing: true };
  }
}

function lineCount(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
