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

/** What the API answers, by the name under which it is described. */
export const answerSchemas = {
  IncidentList: z.object({ apiVersion, kind: z.literal('IncidentList'), items: z.array(incidentSchema), next }),
  Incident: incidentSchema,
  Trend: trendSchema,
  RollbackAudit: rollbackAuditSchema,
  TerminationList: z.object({ apiVersion, kind: z.literal('TerminationList'), items: z.array(terminationSchema), next }),
  RolloutList: z.object({ apiVersion, kind: z.literal('RolloutList'), items: z.array(rolloutRecordSchema), next }),
  ImageList: z.object({ apiVersion, kind: z.literal('ImageList'), at: z.string(), items: z.array(imageRunSchema) }),
  AnnotationList: z.array(annotation),
  Problem: problem,
} as const;

export type AnswerName = keyof typeof answerSchemas;
