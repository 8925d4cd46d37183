import { z } from 'zod';
import { MortemError } from '#core/errors.ts';

const problem = z.object({ detail: z.string() });

/** @throws {MortemError} `unreachable`, or what the server's problem document says */
export async function askServer(server: string, path: string, key: string | undefined): Promise<Response> {
  const url = new URL(path, server);
  let answer: Response;
  try {
    answer = await fetch(url, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });
  } catch (cause) {
    throw new MortemError('unreachable', `Cannot reach ${url.origin}. Is "mortem serve" running there?`, { cause });
  }
  if (answer.ok) return answer;
  const detail = await problemOf(answer);
  if (answer.status === 401 || answer.status === 403) {
    throw new MortemError('unauthorized', `${url.origin} refused: ${detail} Put the key into MORTEM_KEY.`);
  }
  if (answer.status === 404) throw new MortemError('not-found', detail);
  throw new MortemError(answer.status < 500 ? 'usage' : 'unreachable', `${url.origin} answered ${answer.status}: ${detail}`);
}

/** The sentence of a problem document; of anything else its beginning. */
export async function problemOf(answer: Response): Promise<string> {
  const body = await answer.text();
  try {
    return problem.parse(JSON.parse(body)).detail;
  } catch {
    return body.slice(0, 300);
  }
}
