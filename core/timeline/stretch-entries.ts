import type { EvidenceId } from '../evidence/evidence-id.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { Image } from '../incident/incident.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Phase } from '../incident/vocabulary.ts';
import { quote, strong, words, type Inline } from '../report/inline.ts';
import { objectName } from '../report/object-name.ts';
import type { FoundSign } from '../rules/rule.ts';
import type { Entry } from './entry.ts';

/** Failed starts are told as one stretch although each of them is a death. */
const toldAsStretch = new Set(['RunContainerError', 'PostStartHookError']);

/** Whether a sign is told by how long it lasted and not by the death it is about. */
export function isStretch(sign: FoundSign): boolean {
  return sign.deaths.length === 0 || toldAsStretch.has(sign.symptom);
}

/** A stretch of waiting, and the moment it was over because the container went on. */
export function stretchEntries(sign: FoundSign, { key, podsByUid }: WorkloadHistory): readonly Entry[] {
  const tries = sign.tries ?? sign.deaths.length;
  const repeated = tries > 1 ? [words(` ×${tries}`)] : [];
  const quoted: readonly Inline[] = sign.quote === undefined ? [] : [words(': '), quote(sign.quote, 140)];
  const pod = podsByUid.get(sign.podUid ?? '');
  const where = placeOf(sign, pod);
  const object = sign.pod === undefined ? objectName(key.kind, key.name) : `pod/${sign.pod}`;
  const image = sign.image ?? appImage(pod);
  const common = { object, ...(image === undefined ? {} : { image }) };
  const ids = sign.evidence.map((item) => item.id);
  const phase = sign.container?.role === 'init' ? 'init' : sign.phase;
  const waiting: Entry = {
    ...common,
    times: sign.lastAt > sign.from ? [sign.from, sign.lastAt] : [sign.from],
    span: sign.lastAt > sign.from ? 'range' : 'point',
    phase,
    what: [strong(quote(sign.symptom)), ...where, ...quoted, ...repeated],
    evidence: [sign.evidence[0].id, ...ids.slice(1)],
    rank: 1,
  };
  if (sign.until === undefined || sign.overBy !== 'progress') return [waiting];
  const over = overOf(sign, phase);
  return [
    waiting,
    {
      ...common,
      times: [sign.until],
      span: 'point',
      phase: over.phase,
      what: [words(over.text)],
      evidence: [wentOnBy(pod, sign) ?? sign.evidence[0].id],
      rank: 2,
    },
  ];
}

/** What is about the pod as a whole is about what it was to run, too. */
function appImage(pod: PodHistory | undefined): Image | undefined {
  const app = pod?.latest.containers.find(({ role }) => role === 'app');
  return app === undefined ? undefined : imageOf(app);
}

/** A lost node is named: it is what somebody has to look at. */
function placeOf({ symptom, container }: FoundSign, pod: PodHistory | undefined): readonly Inline[] {
  if (container !== undefined) return [words(' container '), quote(container.name)];
  const node = symptom === 'NodeLost' ? pod?.latest.node : undefined;
  return node === undefined ? [] : [words(' '), quote(node)];
}

/** The state of the pod that shows it; none where something else than the pod went on. */
function wentOnBy(pod: PodHistory | undefined, { until }: FoundSign): EvidenceId | undefined {
  return pod?.states.find((state) => until !== undefined && state.at >= until)?.evidence;
}

const wentOn = 'the container went on by itself: what it waited for was there';

/** What it means that a stretch is over. */
function overOf({ symptom }: FoundSign, phase: Phase): { readonly text: string; readonly phase: Phase } {
  switch (symptom) {
    case 'Pending':
      return phase === 'scheduling' ? { text: 'a node was found', phase: 'container-start' } : { text: 'it went on by itself', phase };
    case 'SchedulingGated':
      return { text: 'the gate was lifted', phase: 'scheduling' };
    case 'FailedCreate':
      return { text: 'a pod could be created', phase: 'creation' };
    case 'NodeLost':
      return { text: 'the node reported again', phase: 'running' };
    case 'ReadinessProbeFailed':
      return { text: 'the container became ready', phase: 'running' };
    default:
      return { text: wentOn, phase: 'container-start' };
  }
}
