import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { startDeadline } from '../deadline.ts';
import { readText } from '../watch/read-body.ts';

/** POST on the Kubernetes API. The collector itself only reads, so this is the doctor's alone. */
export type PostJson = (path: string, body: unknown) => Promise<{ readonly status: number; readonly text: string }>;

const timeoutMs = 15_000;
const maxAnswerBytes = 1_000_000;

/** What it gives throws `MortemError` `unreachable` when no answer comes. */
export function createPostJson({ kubeConfig, clock }: { readonly kubeConfig: KubeConfig; readonly clock: Clock }): PostJson {
  const server = kubeConfig.getCurrentCluster()?.server ?? '';
  return async (path, body) => {
    const late = startDeadline(clock, timeoutMs);
    try {
      const headers = { accept: 'application/json', 'content-type': 'application/json' };
      const options: RequestOptions = { method: 'POST', headers, signal: late.signal };
      await kubeConfig.applyToHTTPSOptions(options);
      const response = await send(new URL(server.replace(/\/$/, '') + path), options, JSON.stringify(body));
      return { status: response.statusCode ?? 0, text: await readText(response, maxAnswerBytes) };
    } catch (error) {
      const cause = late.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : error instanceof Error ? error.message : String(error);
      throw new MortemError('unreachable', `Cannot reach the Kubernetes API at ${server}: ${cause}.`, { cause: error });
    } finally {
      late.cancel();
    }
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'http:' ? requestHttp : requestHttps;
    start(url, options, resolve).on('error', reject).end(body);
  });
}
