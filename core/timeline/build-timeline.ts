import type { BuiltIncident } from '../incident/build-incidents.ts';
import { deathsOf, type Death } from '../history/pod-facts.ts';
import { recoveriesAfter } from '../incident/health.ts';
import { quote, strong, words, type Inline } from '../report/inline.ts';
import { objectName } from '../report/object-name.ts';
import type { FoundSign } from '../rules/rule.ts';
import { deathEntries } from './death-entries.ts';
import { byTime, type Entry } from './entry.ts';
import { eventEntries } from './event-entries.ts';
import { rolloutEntries } from './rollout-entries.ts';

/** The rows of an incident's timeline, oldest first, with what led up to it. */
export function buildTimeline(built: BuiltIncident): readonly Entry[] {
  const { workload, group } = built;
  const deaths = new Map(
    workload.pods.flatMap((pod) =>
      pod.containers.flatMap((container) => deathsOf(container).map((death): [string, Death] => [death.key, death])),
    ),
  );
  const signs = group.signs;
  return [
    ...rolloutEntries(built),
    ...signs.filter((sign) => sign.deaths.length === 0 || sign.symptom === 'RunContainerError').flatMap((sign) => stretchEntries(sign)),
    ...deathEntries(
      workload,
      signs.filter((sign) => sign.symptom !== 'RunContainerError'),
      deaths,
    ),
    ...eventEntries(built),
    ...healthEntries(built),
  ].toSorted(byTime);
}

/** A stretch of waiting, and the moment it was over because the container went on. */
function stretchEntries(sign: FoundSign): readonly Entry[] {
  const tries = sign.tries ?? sign.deaths.length;
  const repeated = tries > 1 ? [words(` ×${tries}`)] : [];
  const quoted: readonly Inline[] = sign.quote === undefined ? [] : [words(': '), quote(sign.quote, 140)];
  const where: readonly Inline[] = sign.container === undefined ? [] : [words(' container '), quote(sign.container.name)];
  const common = { object: `pod/${sign.pod ?? ''}`, ...(sign.image === undefined ? {} : { image: sign.image }) };
  const ids = sign.evidence.map((item) => item.id);
  const waiting: Entry = {
    ...common,
    times: sign.lastAt > sign.from ? [sign.from, sign.lastAt] : [sign.from],
    span: sign.lastAt > sign.from ? 'range' : 'point',
    phase: sign.container?.role === 'init' ? 'init' : sign.phase,
    what: [strong(quote(sign.symptom)), ...where, ...quoted, ...repeated],
    evidence: [sign.evidence[0].id, ...ids.slice(1)],
    rank: 1,
  };
  if (sign.until === undefined || sign.overBy !== 'progress') return [waiting];
  const over = sign.symptom === 'Pending' ? 'a node was found' : 'the container went on by itself: what it waited for was there';
  return [
    waiting,
    {
      ...common,
      times: [sign.until],
      span: 'point',
      phase: 'container-start',
      what: [words(over)],
      evidence: [sign.evidence[0].id],
      rank: 2,
    },
  ];
}

/** The moments at which everything wanted was ready again, for a while or for good. */
function healthEntries({ health, group, workload }: BuiltIncident): readonly Entry[] {
  return recoveriesAfter(health, group.onsetAt).map((point) => {
    const evidence = stateEvidenceAt(workload.pods, point.at) ?? group.signs[0].evidence[0].id;
    const what = words(`ready, ${point.ready} of ${point.wanted ?? point.ready}`);
    return {
      times: [point.at] as const,
      span: 'point' as const,
      phase: 'running' as const,
      what: [what],
      object: objectName(workload.key.kind, workload.key.name),
      evidence: [evidence] as const,
      rank: 3,
    };
  });
}

function stateEvidenceAt(pods: BuiltIncident['workload']['pods'], at: number) {
  return pods.flatMap((pod) => pod.states).find((state) => state.at === at)?.evidence;
}
