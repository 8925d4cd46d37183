import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';

export interface DoctorDoubleOptions {
  /** `Date` header of every answer. */
  readonly date?: string;
  readonly versionStatus?: number;
  readonly reviewStatus?: number;
  /** The one right that is denied: `verb group/resource`. */
  readonly denied?: string;
  /** What metrics.k8s.io answers. Default: 200. */
  readonly metricsStatus?: number;
  /** What POST /v1/observations answers. */
  readonly ingest?: { readonly status: number; readonly detail: string };
}

/** A Kubernetes API and a mortem server in one, as far as a doctor asks them. */
export interface DoctorDouble {
  readonly url: string;
  readonly kubeConfig: KubeConfig;
  /** `verb group/resource[ in namespace]` of each review. */
  readonly reviewed: readonly string[];
  readonly knocks: readonly { readonly authorization: string | undefined; readonly length: number }[];
  close(): Promise<void>;
}

interface Review {
  readonly spec: {
    readonly resourceAttributes: {
      readonly group: string;
      readonly resource: string;
      readonly subresource?: string;
      readonly verb: string;
      readonly namespace?: string;
    };
  };
}

export async function startDoctorDouble(options: DoctorDoubleOptions): Promise<DoctorDouble> {
  const { date, versionStatus = 200, metricsStatus = 200, reviewStatus = 201, denied, ingest = { status: 415, detail: '' } } = options;
  const reviewed: string[] = [];
  const knocks: { authorization: string | undefined; length: number }[] = [];
  const server = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...(date !== undefined && { date }) });
      response.end(JSON.stringify(value));
    };
    if (request.url === '/version')
      return answer(versionStatus, versionStatus === 200 ? { gitVersion: 'v1.36.2' } : { message: 'Unauthorized' });
    if (request.url === '/apis/metrics.k8s.io/v1beta1') return answer(metricsStatus, { message: `metrics ${metricsStatus}` });
    if (request.url === '/v1/observations') {
      knocks.push({ authorization: request.headers.authorization, length: body.length });
      return answer(ingest.status, { detail: ingest.detail });
    }
    const { group, resource, subresource, verb, namespace } = (JSON.parse(body) as Review).spec.resourceAttributes;
    const right = `${verb} ${group}/${resource}${subresource === undefined ? '' : `/${subresource}`}`;
    reviewed.push(namespace === undefined ? right : `${right} in ${namespace}`);
    if (reviewStatus !== 201) return answer(reviewStatus, { kind: 'Status', message: 'reviews are forbidden' });
    answer(201, { status: right === denied ? { allowed: false, reason: 'RBAC says no' } : { allowed: true } });
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'double', server: url, skipTLSVerify: true }, { name: 'nobody', token: 'opaque' });
  return {
    url,
    kubeConfig,
    reviewed,
    knocks,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
