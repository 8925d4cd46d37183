import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { MortemError, type ErrorCode } from '#core/errors.ts';
import type { Logger } from '#core/ports.ts';
import type { AppEnv } from './app-env.ts';
import { problemResponse, type Problem } from './problem.ts';

/** The only place where a fault becomes a status. */
const statusOf: Readonly<Record<ErrorCode, { readonly status: ContentfulStatusCode; readonly title: string }>> = {
  usage: { status: 400, title: 'Bad request' },
  'bad-input': { status: 400, title: 'Bad request' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Content too large' },
  unsupported: { status: 415, title: 'Unsupported media type' },
  internal: { status: 500, title: 'Internal server error' },
  unreachable: { status: 503, title: 'Service unavailable' },
};

/** Faults to problem documents; what nobody foresaw is logged, and its message stays here. */
export function createErrorHandler(logger: Logger): ErrorHandler<AppEnv> {
  return (error, c) => {
    const requestId = c.get('requestId');
    if (error instanceof MortemError && error.code !== 'internal') return problemResponse(toProblem(error), headersFor(error));
    if (error instanceof HTTPException && error.status < 500) return error.getResponse();
    logger.error('request-failed', { requestId, method: c.req.method, path: c.req.path, reason: error.stack ?? error.message });
    const detail = `The server failed. Its log names the cause under request id ${requestId}.`;
    return problemResponse({ type: 'urn:mortem:problem:internal', ...statusOf.internal, detail });
  };
}

function toProblem(error: MortemError): Problem {
  return { type: `urn:mortem:problem:${error.code}`, ...statusOf[error.code], detail: error.message };
}

function headersFor({ code }: MortemError): Record<string, string> {
  if (code === 'unauthorized') return { 'www-authenticate': 'Bearer' };
  // What is left of such a body is not read, so the connection cannot serve another request.
  return code === 'too-large' ? { connection: 'close' } : {};
}
