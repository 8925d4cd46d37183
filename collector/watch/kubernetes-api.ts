import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { startDeadline } from '../deadline.ts';
import { linkSignals } from '../link-signals.ts';

export interface ApiRequest {
  /** Path of the API, `/api/v1/pods`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** How long the whole answer may take; of a watch, its head. */
  readonly timeoutMs: number;
  readonly watch?: boolean;
}

/** The head of an answer and its body as it comes; whoever gets one reads it to its end or destroys it. */
export interface ApiResponse {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body: IncomingMessage;
}

/** GET on the Kubernetes API, raw: the client's own classes build a Date for each time stamp and hold whole lists. */
export interface KubernetesApi {
  readonly server: string;
  /** @throws {MortemError} `unreachable` when no answer comes. */
  get(request: ApiRequest): Promise<ApiResponse>;
}

export interface KubernetesApiOptions {
  readonly kubeConfig: KubeConfig;
  readonly clock: Clock;
  readonly userAgent: string;
}

export function createKubernetesApi({ kubeConfig, clock, userAgent }: KubernetesApiOptions): KubernetesApi {
  const cluster = kubeConfig.getCurrentCluster();
  const server = cluster?.server ?? '';
  // The client's own agent keeps the first certificate for ever: one that a plugin has renewed would not be used.
  const Agent = server.startsWith('http:') ? HttpAgent : HttpsAgent;
  const ownAgent = cluster?.proxyUrl ? undefined : new Agent({ keepAlive: true, maxFreeSockets: 4 });

  async function requestOptions(): Promise<RequestOptions> {
    const options: RequestOptions = { method: 'GET', headers: { accept: 'application/json', 'user-agent': userAgent } };
    await kubeConfig.applyToHTTPSOptions(options);
    const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]);
    return { ...options, headers: Object.fromEntries(headers), ...(ownAgent && { agent: ownAgent }) };
  }

  return {
    server,
    async get({ path, query = {}, signal, timeoutMs, watch = false }) {
      const url = new URL(server.replace(/\/$/, '') + path);
      for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, value);
      const deadline = startDeadline(clock, timeoutMs);
      const stop = linkSignals(signal, deadline.signal);
      try {
        const response = await send(url, await requestOptions(), stop.signal);
        if (watch) deadline.cancel();
        response.body.once('close', () => {
          deadline.cancel();
          stop.release();
        });
        return response;
      } catch (error) {
        const cause = deadline.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : describe(error);
        deadline.cancel();
        stop.release();
        throw new MortemError('unreachable', `Cannot reach the Kubernetes API at ${server}: ${cause}.`, { cause: error });
      }
    },
  };
}

function send(url: URL, options: RequestOptions, signal: AbortSignal): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'http:' ? requestHttp : requestHttps;
    const request = start(url, { ...options, signal }, (body) => {
      const retryAfterMs = parseRetryAfter(body.headers['retry-after']);
      resolve({ status: body.statusCode ?? 0, body, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    });
    // A dead peer is noticed by the kernel before the watch's own time-out.
    request.on('socket', (socket) => socket.setKeepAlive(true, 30_000));
    request.on('error', reject);
    request.end();
  });
}

/** The API server sends seconds. */
function parseRetryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header === undefined || !Number.isFinite(seconds) || seconds < 0 ? undefined : Math.min(seconds, 600) * 1000;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === '' ? code : error.message;
}
