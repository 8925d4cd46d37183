import type { BuiltIncident } from '../incident/build-incidents.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { PodState } from '../history/pod-history.ts';
import { recoveriesAfter } from '../incident/health.ts';
import type { Instant } from '../time/instant.ts';
import { lastIndexAt } from '../time/last-at.ts';
import { words } from '../report/inline.ts';
import { objectName } from '../report/object-name.ts';
import { deathEntries, type Ended } from './death-entries.ts';
import { endEntries } from './end-entries.ts';
import { byTime, type Entry } from './entry.ts';
import { eventEntries } from './event-entries.ts';
import { rolloutEntries } from './rollout-entries.ts';
import { isStretch, stretchEntries } from './stretch-entries.ts';

/** The rows of an incident's timeline, oldest first, with what led up to it. */
export function buildTimeline(built: BuiltIncident): readonly Entry[] {
  const { workload, group } = built;
  const deaths = new Map(
    workload.pods.flatMap((pod) =>
      pod.containers.flatMap((container) => container.deaths.map((death): [string, Ended] => [death.key, { death, container }])),
    ),
  );
  const signs = group.signs;
  return [
    ...rolloutEntries(built),
    ...signs.filter(isStretch).flatMap((sign) => stretchEntries(sign, workload)),
    ...deathEntries(
      workload,
      signs.filter((sign) => !isStretch(sign)),
      deaths,
    ),
    ...eventEntries(built),
    ...healthEntries(built),
    ...endEntries(built),
  ].toSorted(byTime);
}

/** The moments at which everything wanted was ready again, for a while or for good. */
function healthEntries({ health, group, workload }: BuiltIncident): readonly Entry[] {
  return recoveriesAfter(health, group.onsetAt).map((point) => {
    const state = stateAt(workload.pods, point.at);
    const evidence = state?.evidence ?? group.signs[0].evidence[0].id;
    const app = state?.record.containers.find(({ role }) => role === 'app');
    const what = words(`ready, ${point.ready} of ${point.wanted ?? point.ready}`);
    return {
      times: [point.at] as const,
      span: 'point' as const,
      phase: 'running' as const,
      what: [what],
      object: objectName(workload.key.kind, workload.key.name),
      evidence: [evidence] as const,
      rank: 3,
      ...(app === undefined ? {} : { image: imageOf(app) }),
    };
  });
}

function stateAt(pods: BuiltIncident['workload']['pods'], at: Instant): PodState | undefined {
  for (const { states } of pods) {
    const state = states[lastIndexAt(states, at - 1) + 1];
    if (state?.at === at) return state;
  }
  return undefined;
}
