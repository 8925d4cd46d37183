import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { operations } from '../../../functions/openapi/build-openapi.ts';
import { answerSchemas } from '../../../functions/openapi/schemas.ts';
import { documentRoutes } from '../../../functions/routes/documents.ts';
import { incidentRoutes } from '../../../functions/routes/incidents.ts';
import { ledgerRoutes } from '../../../functions/routes/ledger.ts';
import { openApp } from '../../support/open-app.ts';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<
      string,
      { readonly get: { readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[] } }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly type: string }>> };
}

async function described(): Promise<{
  readonly document: Described;
  readonly text: string;
  readonly ask: (path: string) => Promise<Response>;
}> {
  const { deps } = await openApp();
  const app = createApp(deps);
  const text = await (await app.request('/openapi.json')).text();
  return { document: JSON.parse(text), text, ask: async (path) => app.request(path) };
}

test('every route that answers readers is described', async () => {
  const { deps } = await openApp();
  const parts = [incidentRoutes(deps), documentRoutes(deps), ledgerRoutes(deps)];
  const routes = parts.flatMap((part) => part.routes.map(({ path }) => path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}')));
  const { document } = await described();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).toSorted()).toEqual([...new Set(routes)].toSorted());
  expect(operations).toHaveLength(routes.length);
});

test('every reference leads somewhere, and every parameter has a schema', async () => {
  const { document, text } = await described();
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1] ?? '');
  expect(new Set(references)).toEqual(new Set(operations.flatMap(({ answer }) => [...(answer === undefined ? [] : [answer]), 'Problem'])));
  for (const name of references) expect(document.components.schemas).toHaveProperty(name);
  const trend = document.paths['/v1/trends/{of}'];
  expect(trend?.get.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual([
    'path of',
    ...['cluster', 'namespace', 'workload', 'since', 'until', 'cursor', 'by', 'bucket', 'limit'].map((name) => `query ${name}`),
  ]);
  for (const { get } of Object.values(document.paths)) {
    for (const parameter of get.parameters) expect(Object.keys(parameter.schema).length).toBeGreaterThan(0);
  }
});

test('each answer has a JSON Schema of its own', async () => {
  const { ask } = await described();
  for (const name of Object.keys(answerSchemas)) {
    const response = await ask(`/schemas/${name}.json`);
    expect(response.headers.get('content-type')).toBe('application/schema+json');
    expect(await response.json()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: name });
  }
});
