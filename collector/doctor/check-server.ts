import type { Clock } from '#core/ports.ts';
import { startDeadline } from '../deadline.ts';
import { isObject } from '../trim/read-field.ts';
import { parseJson } from '../watch/read-body.ts';
import { checkClock } from './check-clock.ts';
import type { Check } from './check.ts';

export interface ServerToCheck {
  readonly url: string;
  /** Empty: none. */
  readonly key: string;
  /** Default: `authorization`. */
  readonly keyHeader?: 'authorization' | 'mortem-authorization' | undefined;
  readonly clock: Clock;
}

const timeoutMs = 15_000;

/** Knocks with the key and nothing in the hand: a server says whether it knows the key before it looks at what is sent. */
export async function checkServer({ url, key, keyHeader = 'authorization', clock }: ServerToCheck): Promise<readonly Check[]> {
  const address = `${url.replace(/\/+$/, '')}/v1/observations`;
  const late = startDeadline(clock, timeoutMs);
  try {
    const headers = key === '' ? {} : { [keyHeader]: `Bearer ${key}` };
    const response = await fetch(address, { method: 'POST', headers, redirect: 'manual', signal: late.signal });
    const now = clock.now();
    const body = await response.text();
    const skew = checkClock('server-clock', { date: response.headers.get('date') ?? undefined, now });
    return [...judge(url, response.status, body), ...(skew === undefined ? [] : [skew])];
  } catch (error) {
    const reason = late.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : describe(error);
    return [{ name: 'server', ok: false, detail: `Cannot reach ${url}: ${reason}. Is "mortem serve" running there?` }];
  } finally {
    late.cancel();
  }
}

function judge(url: string, status: number, body: string): readonly Check[] {
  const said = sentenceOf(body);
  const reached: Check = { name: 'server', ok: true, detail: `${url} answers` };
  if (status === 401 || status === 403) return [reached, { name: 'key', ok: false, detail: said === '' ? `refused with ${status}` : said }];
  // What is missing in an empty request is its body and its headers.
  if (status === 400 || status === 415) return [reached, { name: 'key', ok: true, detail: 'the server knows the key' }];
  const way = status >= 500 ? 'Look at its log.' : 'Give --server the address of "mortem serve" or of the function endpoint.';
  return [{ name: 'server', ok: false, detail: `${url} answered ${status} ${said}`.trim() + `. ${way}` }];
}

/** The `detail` of a problem document. */
function sentenceOf(body: string): string {
  const problem = parseJson(body);
  return isObject(problem) && typeof problem.detail === 'string' ? problem.detail.slice(0, 500) : '';
}

/** `fetch` hides the reason in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
