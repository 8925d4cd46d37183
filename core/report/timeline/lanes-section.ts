import type { ContainerSpan } from '../../history/container-history.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { Instant } from '../../time/instant.ts';
import type { Block } from '../block.ts';
import { heading } from '../block.ts';
import { words } from '../inline.ts';
import type { TimelineInput } from './document.ts';

/** Renderers of Mermaid give up on long diagrams, and people on wide ones. */
const maxLanes = 12;
const maxCharacters = 2000;

/** A gantt of the incident's pods: one lane a pod, one bar a stretch of its first app container. */
export function lanesSection({ built }: TimelineInput): readonly Block[] {
  const { workload, group } = built;
  const uids = new Set(group.signs.map((sign) => sign.podUid));
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const pods = workload.pods.filter((pod) => uids.has(pod.uid)).slice(0, maxLanes);
  const lanes = pods.map((pod) => laneOf(pod, end)).filter((lane) => lane.length > 1);
  const lines = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S'];
  for (const lane of lanes) {
    if ([...lines, ...lane].join('\n').length > maxCharacters) break;
    lines.push(...lane);
  }
  return lines.length === 3 ? [] : [heading(2, words('Lanes')), { type: 'code', lang: 'mermaid', value: lines.join('\n') }];
}

function laneOf(pod: PodHistory, end: Instant): readonly string[] {
  const container = pod.containers.find((item) => item.role === 'app');
  // What a pod does after somebody asked for its deletion is no longer its story.
  const last = pod.deletionRequestedAt ?? pod.goneAt ?? pod.terminalAt ?? end;
  const bars: { word: string; style: string; from: Instant; until: Instant }[] = [];
  for (const span of container?.spans ?? []) {
    const until = Math.min(span.until ?? last, last);
    if (until <= span.from || span.state === 'unreported') continue;
    const word = wordFor(span);
    const previous = bars.at(-1);
    if (previous?.word === word && previous.until === span.from) previous.until = until;
    else bars.push({ word, style: styleOf(span), from: span.from, until });
  }
  return [`  section ${label(pod.name)}`, ...bars.map(({ word, style, from, until }) => `  ${label(word)} :${style}${from}, ${until}`)];
}

function wordFor(span: ContainerSpan): string {
  if (span.state === 'running') return span.ready ? 'ready' : 'running';
  // The two alternate while the kubelet tries again; for a lane they are one.
  return span.reason === 'ErrImagePull' ? 'ImagePullBackOff' : (span.reason ?? span.state);
}

function styleOf(span: ContainerSpan): string {
  if (span.state === 'running') return span.ready ? 'done, ' : 'active, ';
  return span.reason === 'ContainerCreating' || span.reason === 'PodInitializing' ? '' : 'crit, ';
}

/** Mermaid has no escaping that all renderers share: what is left of a name is what none of them can misread. */
function label(text: string): string {
  return (
    text
      .replaceAll(/[^A-Za-z0-9 ._/@+-]/g, ' ')
      .slice(0, 48)
      .trim() || 'unnamed'
  );
}
