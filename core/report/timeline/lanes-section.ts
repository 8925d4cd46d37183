import type { ContainerSpan } from '../../history/container-history.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { FoundSign } from '../../rules/rule.ts';
import { instantOf, type Instant } from '../../time/instant.ts';
import type { Block } from '../block.ts';
import { heading } from '../block.ts';
import { words } from '../inline.ts';
import type { TimelineInput } from './document.ts';

/** Renderers of Mermaid give up on long diagrams, and people on wide ones. */
const maxLanes = 12;
const maxCharacters = 3000;

/** A gantt of the incident's pods: one lane a pod, with the stretches of the container that failed, and what failed the pod as a whole. */
export function lanesSection({ built }: TimelineInput): readonly Block[] {
  const { workload, group } = built;
  const uids = new Set(group.signs.map((sign) => sign.podUid));
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const pods = workload.pods.filter((pod) => uids.has(pod.uid)).slice(0, maxLanes);
  const lanes = pods
    .map((pod) =>
      laneOf(
        pod,
        group.signs.filter((sign) => sign.podUid === pod.uid),
        end,
      ),
    )
    .filter((lane) => lane.length > 1);
  // Read and shown without a zone, so that every reader's axis says UTC; numbers would be shown in the time of the reader.
  const lines = ['gantt', '  dateFormat YYYY-MM-DDTHH:mm:ss.SSS', '  axisFormat %H:%M:%S'];
  for (const lane of lanes) {
    if ([...lines, ...lane].join('\n').length > maxCharacters) break;
    lines.push(...lane);
  }
  return lines.length === 3 ? [] : [heading(2, words('Lanes')), { type: 'code', lang: 'mermaid', value: lines.join('\n') }];
}

interface Bar {
  readonly word: string;
  readonly style: string;
  readonly from: Instant;
  readonly until: Instant;
}

function laneOf(pod: PodHistory, signs: readonly FoundSign[], end: Instant): readonly string[] {
  const failing = signs.find((sign) => sign.container !== undefined)?.container?.name;
  const container = pod.containers.find((item) => (failing === undefined ? item.role === 'app' : item.name === failing));
  // What a pod does after somebody asked for its deletion is no longer its story.
  const last = pod.deletionRequestedAt ?? pod.goneAt ?? pod.terminalAt ?? end;
  const ofPod = signs
    .filter(isOfPod)
    .map(({ symptom, from, until, lastAt }): Bar => ({ word: symptom, style: 'crit, ', from, until: until ?? lastAt }));
  const bars = [...barsOf(container?.spans ?? [], last), ...ofPod].filter((bar) => bar.until > bar.from);
  if (bars.length === 0) return [];
  const name = pod.containers.length > 1 && container !== undefined ? `${pod.name}/${container.name}` : pod.name;
  return [
    `  section ${label(name)}`,
    ...bars.map(({ word, style, from, until }) => `  ${label(word)} :${style}${moment(from)}, ${moment(until)}`),
  ];
}

/** Stretches that a reader would call the same are one bar. */
function barsOf(spans: readonly ContainerSpan[], last: Instant): readonly Bar[] {
  const bars: Bar[] = [];
  for (const [index, span] of spans.entries()) {
    const until = Math.min(span.until ?? last, last);
    const unseen = span.from > last ? undefined : unseenEnd(spans[index - 1], span);
    const running = bars.at(-1);
    if (unseen !== undefined && running !== undefined) {
      bars[bars.length - 1] = { ...running, until: Math.max(running.from, unseen.from) };
      bars.push(unseen);
    }
    if (until <= span.from || span.state === 'unreported') continue;
    const word = wordFor(span);
    const previous = bars.at(-1);
    if (previous?.word === word && previous.until === span.from) bars[bars.length - 1] = { ...previous, until };
    else bars.push({ word, style: styleOf(span), from: span.from, until });
  }
  return bars;
}

/** A kubelet may restart a container without ever showing it ended: then only the next state tells of the end, and when it was. */
function unseenEnd(before: ContainerSpan | undefined, span: ContainerSpan): Bar | undefined {
  const { lastState, state } = span.status;
  const ended = lastState?.terminated;
  if (before?.state !== 'running' || state?.terminated !== undefined || ended?.containerID === undefined) return undefined;
  if (ended.containerID !== before.status.containerID) return undefined;
  const at = instantOf(ended.finishedAt);
  const from = at === undefined ? span.from : Math.min(Math.max(before.from, at), span.from);
  return { word: ended.reason ?? 'terminated', style: 'crit, ', from, until: span.from };
}

/** The container's own status says nothing of it. */
function isOfPod({ wholePod, container }: FoundSign): boolean {
  return wholePod === true || container === undefined;
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

function moment(at: Instant): string {
  return new Date(at).toISOString().replace('Z', '');
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
