import { z } from 'zod';
import { rollbackAuditSchema } from '#core/audit/rollback-audit.ts';
import { imageRunSchema } from '#core/ledger/image-run.ts';
import { rolloutRecordSchema } from '#core/ledger/rollout-record.ts';
import { terminationSchema } from '#core/ledger/termination.ts';
import { incidentSchema } from './incident-schema.ts';
import { trendSchema } from '#core/trends/trend.ts';

const apiVersion = z.literal('mortem.dev/v1');
const next = z.string().exactOptional().describe('Cursor of the next page');

/** RFC 9457; every error of the API is one. */
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('A sentence that says what to do'),
});

const annotation = z.object({
  time: z.int().describe('Epoch milliseconds'),
  timeEnd: z.int().exactOptional(),
  title: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
});

const citation = z.object({
  incident: z.string(),
  chapters: z.array(
    z.object({
      symptom: z.string(),
      phase: z.string(),
      cause: z.string(),
      basis: z.string(),
      rule: z.string(),
      summary: z.string(),
    }),
  ),
  links: z.object({ page: z.string(), timeline: z.string(), draft: z.string() }).describe('Paths of the server'),
});

const explained = z.object({
  evidenceId: z.string(),
  observation: z.looseObject({ kind: z.string(), id: z.string(), observedAt: z.string(), cluster: z.string() }),
  citedBy: citation.exactOptional().describe('Absent when no rule made anything of it'),
  alsoCitedBy: z.array(citation).exactOptional(),
});

const documentVersion = z.object({
  version: z.int(),
  dataThrough: z.string().describe('Latest data time it was made from'),
  inputHash: z.string(),
});

/** What the API answers, by the name under which it is described. */
export const answerSchemas = {
  IncidentList: z.object({ apiVersion, kind: z.literal('IncidentList'), items: z.array(incidentSchema), next }),
  Incident: incidentSchema,
  EvidenceList: z.object({ apiVersion, kind: z.literal('EvidenceList'), items: z.array(explained) }),
  DocumentVersionList: z.object({
    apiVersion,
    kind: z.literal('DocumentVersionList'),
    incident: z.string(),
    document: z.enum(['timeline', 'draft']),
    items: z.array(documentVersion).describe('Oldest first'),
  }),
  Trend: trendSchema,
  RollbackAudit: rollbackAuditSchema,
  TerminationList: z.object({ apiVersion, kind: z.literal('TerminationList'), items: z.array(terminationSchema), next }),
  RolloutList: z.object({ apiVersion, kind: z.literal('RolloutList'), items: z.array(rolloutRecordSchema), next }),
  ImageList: z.object({ apiVersion, kind: z.literal('ImageList'), at: z.string(), items: z.array(imageRunSchema) }),
  AnnotationList: z.array(annotation),
  Problem: problem,
} as const;

export type AnswerName = keyof typeof answerSchemas;
