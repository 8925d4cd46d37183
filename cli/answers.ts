import type { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import type { AnswerName, answerSchemas } from '../functions/openapi/schemas.ts';
import { askServer, problemOf } from './ask-server.ts';
import type { SourceOptions } from './incident-source.ts';
import { openStoreConfig } from './open-store-config.ts';

export type Answer<Name extends AnswerName> = z.infer<(typeof answerSchemas)[Name]>;
/** Query parameters of the API; what is undefined is left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** The read API, of a store on this machine or of a server: the same routes, checked by the same schemas. */
export interface Answers {
  /** @throws {MortemError} with the sentence of the API's problem document */
  get<Name extends AnswerName>(name: Name, path: string, parameters: Parameters): Promise<Answer<Name>>;
  close(): Promise<void>;
}

export async function openAnswers({ data, server }: SourceOptions, env: NodeJS.ProcessEnv): Promise<Answers> {
  const { answerSchemas: schemas } = await import('../functions/openapi/schemas.ts');
  const { ask, close } =
    server === undefined
      ? await askLocally(data, env)
      : { ask: (path: string) => askServer(server, path, env['MORTEM_KEY']), close: async () => {} };
  return {
    async get(name, path, parameters) {
      const search = new URLSearchParams();
      for (const [key, value] of Object.entries(parameters)) if (value !== undefined) search.set(key, value);
      const answer: unknown = await (await ask(`${path}?${search.toString()}`)).json();
      // The schema of that name; indexing by a type parameter loses which one it is.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return schemas[name].parse(answer) as Answer<typeof name>;
    },
    close,
  };
}

async function askLocally(
  data: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<{ ask: (path: string) => Promise<Response>; close: () => Promise<void> }> {
  const config = openStoreConfig(data, env);
  const [{ compose }, { createApp }] = await Promise.all([import('../functions/compose.ts'), import('../functions/app.ts')]);
  const deps = compose(config, { openReads: true, listensOnLoopback: true });
  const app = createApp(deps);
  return {
    async ask(path) {
      const answer = await app.request(path);
      if (answer.ok) return answer;
      const code = answer.status === 404 ? 'not-found' : answer.status < 500 ? 'usage' : 'unreachable';
      throw new MortemError(code, await problemOf(answer));
    },
    close: () => deps.close(),
  };
}
