import { Hono } from 'hono';
import { MortemError } from '#core/errors.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { buildOpenapi } from '../openapi/build-openapi.ts';
import { answerSchemas } from '../openapi/schemas.ts';
import { toJsonSchema } from '../openapi/to-json-schema.ts';

/** What the API says of itself. It tells nothing of any cluster, so it needs no key. */
export function descriptionRoutes(): Hono<AppEnv> {
  const openapi = buildOpenapi();
  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => c.json(openapi))
    .get('/schemas/:name', (c) => {
      const name = c.req.param('name').replace(/\.json$/, '');
      const schema = Object.entries(answerSchemas).find(([known]) => known === name)?.[1];
      if (schema === undefined) {
        throw new MortemError('not-found', `There is no schema "${name}". There are ${Object.keys(answerSchemas).join(', ')}.`);
      }
      const body = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: name, ...toJsonSchema(schema) };
      return c.body(JSON.stringify(body), 200, { 'content-type': 'application/schema+json' });
    });
}
