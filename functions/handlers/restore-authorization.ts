import type { LambdaEvent } from 'hono/aws-lambda';

/**
 * Behind an address that only takes signed requests, `authorization` holds the signature, which AWS has verified and is done
 * with. The credential of mortem then comes in `mortem-authorization`.
 */
export function restoreAuthorization<T extends LambdaEvent>(event: T): T {
  const { headers } = event;
  const own = headers !== undefined && 'mortem-authorization' in headers ? headers['mortem-authorization'] : undefined;
  return own === undefined ? event : { ...event, headers: { ...headers, authorization: own } };
}
