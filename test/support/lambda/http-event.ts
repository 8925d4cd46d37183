import type { LambdaEvent } from 'hono/aws-lambda';

export interface HttpRequest {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Both doors speak payload format 2.0; they differ in what they know of the request. */
export type Door = 'HTTP API' | 'Function URL';

const contexts = {
  'HTTP API': {
    apiId: 'r3pmxmplak',
    domainName: 'r3pmxmplak.execute-api.eu-central-1.amazonaws.com',
    domainPrefix: 'r3pmxmplak',
    authorizer: {},
  },
  'Function URL': {
    apiId: 'umxmplabcd',
    domainName: 'umxmplabcd.lambda-url.eu-central-1.on.aws',
    domainPrefix: 'umxmplabcd',
    authorizer: {},
  },
};

/** An event as recorded from the door: headers in lower case, bodies that are no text in base64. */
export function httpEvent(door: Door, { method = 'GET', path, query = '', headers = {}, body }: HttpRequest): LambdaEvent {
  const context = contexts[door];
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: {
      accept: '*/*',
      'content-length': String(body?.length ?? 0),
      host: context.domainName,
      'user-agent': 'mortem-collector/0.1.0',
      'x-amzn-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...headers,
    },
    isBase64Encoded: body !== undefined,
    body: body === undefined ? null : Buffer.from(body).toString('base64'),
    requestContext: {
      accountId: door === 'HTTP API' ? '111122223333' : 'anonymous',
      ...context,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'mortem-collector/0.1.0' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '03/May/2026:14:00:00 +0000',
      timeEpoch: 1_777_816_800_000,
      authentication: null,
    },
  };
}

/** A request as `fetch` takes it, as the event that a door makes of it. */
export function eventOfRequest(door: Door, path: string, { method, headers, body }: RequestInit): LambdaEvent {
  return httpEvent(door, {
    path,
    headers: headers as Record<string, string>,
    ...(method !== undefined && { method }),
    ...(body instanceof Uint8Array && { body }),
  });
}
