import { z } from 'zod';
import { trendSubjects } from '#core/trends/trend.ts';
import { annotationQuery, auditQuery, imageQuery, rolloutQuery, terminationQuery, trendQuery } from '../routes/ledger-query.ts';
import { draftQuery, timelineQuery, versionQuery } from '../routes/parse-document-query.ts';
import { incidentQuery } from '../routes/parse-incident-query.ts';
import { answerSchemas, type AnswerName } from './schemas.ts';
import { toJsonSchema, type JsonSchema } from './to-json-schema.ts';

interface Operation {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  /** Absent for a document. */
  readonly answer?: AnswerName;
  readonly pathParameters?: Readonly<Record<string, JsonSchema>>;
}

export const operations: readonly Operation[] = [
  {
    path: '/v1/incidents',
    id: 'listIncidents',
    summary: 'Incidents, newest onset first',
    query: incidentQuery,
    answer: 'IncidentList',
  },
  {
    path: '/v1/incidents/{id}',
    id: 'getIncident',
    summary: 'One incident, by its id, an older id or the beginning of one',
    query: z.strictObject({}),
    answer: 'Incident',
    pathParameters: { id: { type: 'string' } },
  },
  {
    path: '/v1/incidents/{id}/timeline.md',
    id: 'getTimeline',
    summary: 'What happened, each row with its evidence',
    query: z.object({ ...timelineQuery.shape, version: versionQuery.shape.version.optional() }),
    pathParameters: { id: { type: 'string' } },
  },
  {
    path: '/v1/incidents/{id}/draft.md',
    id: 'getDraft',
    summary: 'A draft of the post-mortem',
    query: z.object({ ...draftQuery.shape, version: versionQuery.shape.version.optional() }),
    pathParameters: { id: { type: 'string' } },
  },
  {
    path: '/v1/incidents/{id}/{kind}/versions',
    id: 'listDocumentVersions',
    summary: 'What was stored of a document before',
    query: z.strictObject({}),
    answer: 'DocumentVersionList',
    pathParameters: { id: { type: 'string' }, kind: { type: 'string', enum: ['timeline', 'draft'] } },
  },
  {
    path: '/v1/evidence/{prefix}',
    id: 'explainEvidence',
    summary: 'The record behind an evidence id, or the beginning of one, and what rules made of it',
    query: z.strictObject({}),
    answer: 'EvidenceList',
    pathParameters: { prefix: { type: 'string' } },
  },
  {
    path: '/v1/trends/{of}',
    id: 'getTrend',
    summary: 'How often, where, at which limit and on which image; new and worsening groups first',
    query: trendQuery,
    answer: 'Trend',
    pathParameters: { of: { type: 'string', enum: [...trendSubjects] } },
  },
  {
    path: '/v1/audit/rollbacks',
    id: 'auditRollbacks',
    summary: 'What ran where and when, what failed on it, what replaced it, and whether that helped',
    query: auditQuery,
    answer: 'RollbackAudit',
  },
  {
    path: '/v1/terminations',
    id: 'listTerminations',
    summary: 'Deaths of container instances, newest first',
    query: terminationQuery,
    answer: 'TerminationList',
  },
  { path: '/v1/rollouts', id: 'listRollouts', summary: 'Revisions by container, newest first', query: rolloutQuery, answer: 'RolloutList' },
  { path: '/v1/images', id: 'listImages', summary: 'What ran at a moment', query: imageQuery, answer: 'ImageList' },
  {
    path: '/v1/annotations',
    id: 'listAnnotations',
    summary: 'Rollouts and incidents as Grafana annotations, oldest first',
    query: annotationQuery,
    answer: 'AnnotationList',
  },
];

/** OpenAPI 3.1 of incidents and of what is asked weeks later, from the schemas that check the questions and type the answers. */
export function buildOpenapi(): JsonSchema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'mortem',
      version: 'v1',
      description: 'The flight recorder of Kubernetes pods: what died, what ran, and whether the rollback helped.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    security: [{ key: [] }],
    paths: Object.fromEntries(operations.map((operation) => [operation.path, { get: describe(operation) }])),
    components: {
      schemas: Object.fromEntries(Object.entries(answerSchemas).map(([name, schema]) => [name, toJsonSchema(schema)])),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key made by "mortem keys create"' } },
    },
  };
}

function describe({ id, summary, query, answer, pathParameters = {} }: Operation): JsonSchema {
  return {
    operationId: id,
    summary,
    parameters: [
      ...Object.entries(pathParameters).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
      ...Object.entries(query.shape).map(([name, schema]) => ({ name, in: 'query', required: false, ...described(schema) })),
    ],
    responses: {
      200: { description: 'The answer', headers: { ETag: { schema: { type: 'string' } } }, content: answerContent(answer) },
      304: { description: 'As the caller has it already (If-None-Match)' },
      default: { description: 'What is wrong, and the way out', content: content('application/problem+json', 'Problem') },
    },
  };
}

function described(schema: z.core.$ZodType): JsonSchema {
  // The shape of an object is made of the classic types, which carry the methods.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { description, ...rest } = toJsonSchema(schema as z.ZodType, 'input');
  return { schema: rest, ...(description === undefined ? {} : { description }) };
}

/** A document is Markdown, or what the place that it is pasted into takes. */
function answerContent(name: AnswerName | undefined): JsonSchema {
  return name === undefined ? { 'text/markdown': { schema: { type: 'string' } } } : content('application/json', name);
}

function content(mediaType: string, name: AnswerName): JsonSchema {
  return { [mediaType]: { schema: { $ref: `#/components/schemas/${name}` } } };
}
