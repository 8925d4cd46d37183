import { z } from 'zod';
import { imageSchema, workloadSchema } from '#core/ledger/image-schema.ts';
import type { Incident } from '#core/incident/incident.ts';
import { bases, failurePoints, incidentStatuses, mitigationKinds, phases, scopeKinds, symptoms } from '#core/incident/vocabulary.ts';
import { containerRole } from '#core/wire/container.ts';

const evidence = z.templateLiteral(['EV-', z.string()]).describe('Opened by /v1/evidence/{prefix}');

const chapter = z.object({
  symptom: z.enum(symptoms),
  reason: z.string().describe('The raw string Kubernetes shows'),
  phase: z.enum(phases).describe('The step of the lifecycle in which the pod failed'),
  failurePoint: z.enum(failurePoints),
  cause: z.string().describe('A stable code; docs/rules has a page for each'),
  basis: z.enum(bases).describe('observed: literally in a record; derived: a fixed rule; hypothesis: a rule that can be wrong'),
  summary: z.string(),
  rule: z.string().describe('The rule that matched'),
  container: z.string().exactOptional(),
  containerRole: containerRole.exactOptional(),
  image: imageSchema.exactOptional(),
  pods: z.array(z.string()).readonly(),
  firstAt: z.string(),
  lastAt: z.string(),
  terminations: z.int().describe('Deaths of container instances'),
  evidence: z.array(evidence).readonly(),
});

const mitigation = z.object({
  kind: z.enum(mitigationKinds).describe('The last change before recovery'),
  fromImage: imageSchema.exactOptional(),
  toImage: imageSchema.exactOptional(),
  at: z.string().exactOptional(),
  evidence: z.array(evidence).readonly(),
});

const gap = z.object({ kind: z.string(), from: z.string().exactOptional(), to: z.string().exactOptional(), text: z.string() });

/** What {@link Incident} is, for those who read it over HTTP. Times are RFC 3339 in UTC. */
export const incidentSchema: z.ZodType<Incident> = z.object({
  id: z.templateLiteral(['INC-', z.string()]),
  aliases: z.array(z.string()).readonly().describe('Ids it had before late records moved its onset; they still lead here'),
  cluster: z.string(),
  namespace: z.string(),
  workload: workloadSchema,
  status: z.enum(incidentStatuses),
  settled: z.boolean().describe('It recovered, and stayed so for long enough'),
  onsetAt: z.string(),
  recoveredAt: z.string().exactOptional(),
  mitigation,
  chapters: z.array(chapter).readonly().describe('One container, one symptom, one image each, in the order of time'),
  coverage: z.object({
    terminationsSeen: z.int(),
    terminationsKnown: z.int().describe('Deaths that restart counters and records prove'),
    gaps: z.array(gap).readonly(),
  }),
  scope: z
    .array(z.object({ kind: z.enum(scopeKinds), basis: z.literal('derived'), text: z.string(), evidence: z.array(evidence).readonly() }))
    .readonly()
    .exactOptional()
    .describe('How far the failure reaches: where to look first, never a cause'),
});
