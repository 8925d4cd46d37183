import type { BuiltIncident } from '../incident/build-incidents.ts';
import type { Rollout } from '../incident/incident.ts';
import { quote, strong, words, type Inline } from '../report/inline.ts';
import { objectName } from '../report/object-name.ts';
import { leadFrom } from '../report/timeline/document.ts';
import type { Entry } from './entry.ts';

/** Rollouts within the incident, and the ones shortly before it. */
export function rolloutEntries(built: BuiltIncident): readonly Entry[] {
  const { rollouts, workload, group } = built;
  const from = leadFrom(built);
  const failing = new Set(group.signs.map((sign) => sign.container?.name));
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  return rollouts
    .filter((rollout) => Date.parse(rollout.at) >= from && Date.parse(rollout.at) <= end)
    .map((rollout) => {
      const image = rollout.images.find(({ container }) => failing.has(container)) ?? rollout.images[0];
      return {
        times: [Date.parse(rollout.at)] as const,
        span: 'point' as const,
        phase: 'creation' as const,
        what: workload.key.kind === 'Job' ? [words('the Job was created')] : describeRollout(rollout),
        object: objectName(workload.key.kind, workload.key.name),
        imageChange: true,
        evidence: [rollout.evidence] as const,
        rank: 0,
        ...(image === undefined ? {} : { image: withoutContainer(image) }),
      };
    });
}

function describeRollout(rollout: Rollout): readonly Inline[] {
  const revision: readonly Inline[] =
    rollout.revision === undefined ? [words('rolled out a new template')] : [words('rolled out revision '), quote(rollout.revision)];
  if (rollout.kind === 'rollout') return revision;
  const of: readonly Inline[] = rollout.of === undefined ? [] : [words(' to revision '), quote(rollout.of)];
  return [...revision, words(', '), strong(words(rollout.kind)), ...of];
}

function withoutContainer({ ref, tag, digest }: Rollout['images'][number]) {
  return { ref, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
