import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents } from '../incident/build-incidents.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';
import type { DraftOptions } from './draft/draft-input.ts';
import { renderDraft } from './draft/render-draft.ts';
import { inputHash } from './input-hash.ts';
import { renderDraftFor } from './targets/render-draft-for.ts';
import type { Target, TargetDocument } from './targets/target.ts';

/** How somebody wants to have a draft; nothing said gives the document as it is stored. */
export interface DraftWish extends Pick<DraftOptions, 'heading' | 'timezone'> {
  readonly target?: Target;
}

interface DraftSource {
  readonly key: WorkloadKey;
  readonly observations: readonly Observation[];
  /** Latest data time of the cluster, epoch milliseconds. */
  readonly watermark: number;
}

/**
 * The draft of one incident of a workload, made now: also of one that has not settled, and in any shape.
 *
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function draftIncident(
  { key, observations, watermark }: DraftSource,
  incidentId: string,
  wish: DraftWish = {},
): TargetDocument | undefined {
  const workload = toWorkloadHistory({ key, observations, now: watermark });
  const all = buildIncidents(workload);
  const built = all.find(({ incident }) => incident.id === incidentId) ?? all.find(({ incident }) => incident.aliases.includes(incidentId));
  if (built === undefined) return undefined;
  const { target, ...options } = wish;
  const input = inputHash(workload.observations);
  const others = all.filter((other) => other !== built).map(({ incident }) => incident);
  if (target !== undefined) return renderDraftFor(target, built, input, { ...options, others });
  return { mediaType: 'text/markdown', parts: [renderDraft(built, input, { ...options, others, linksTimeline: true })] };
}
