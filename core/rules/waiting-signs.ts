import type { ContainerHistory, ContainerSpan } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import { decidingContainers, eventsOf, isUntouched } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { stretchesOf, type Stretch } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Image } from '../incident/incident.ts';
import type { Basis, Phase, Symptom } from '../incident/vocabulary.ts';
import { latest, second } from '../time/instant.ts';
import { citeEvent, citeSpan } from './cite.ts';
import { timeStretch } from './onset.ts';
import { placeOf } from './place-of.ts';
import type { Sign } from './rule.ts';

/** What a failure class makes of one stretch of waiting. */
export interface WaitingVerdict {
  readonly cause: string;
  readonly basis: Basis;
  readonly summary: string;
  /** The decisive words, to be quoted. */
  readonly quote?: string;
  readonly phase?: Phase;
  /** Where it is not the container's own. */
  readonly image?: Image;
}

export interface WaitingClass {
  readonly symptom: Symptom;
  readonly phase: Phase;
  readonly isReason: (reason: string) => boolean;
  /** Whether an event belongs to this class, by its message. */
  readonly isTry: (message: string) => boolean;
  /** Reasons of the events that report a try; `Failed` unless said. */
  readonly tryReasons?: readonly string[];
  /** Its events are none of another class's, so that in a single look they tell what the status does not show. */
  readonly toldByEvents?: true;
  /** @param texts waiting messages and event messages of the stretch, newest first */
  readonly judge: (input: {
    texts: readonly string[];
    pod: PodHistory;
    container: ContainerHistory;
    stretch: Stretch;
    workload: WorkloadHistory;
  }) => WaitingVerdict;
}

/** Image and configuration errors open at the second try or after this long (design: "When something is an incident"). */
const patience = 10 * second;
/** What the kubelet reports once an image is there and a container is made of it. */
const progress = new Set(['Pulled', 'Created', 'Started']);
/** A kubelet posts its event before the status; an event this much older than the status still belongs to it. */
const eventLead = 60 * second;

/** Signs of containers that wait for one of the reasons of a class. */
export function waitingSigns(pod: PodHistory, workload: WorkloadHistory, waitingClass: WaitingClass): readonly Sign[] {
  return decidingContainers(pod).flatMap((container) => {
    const shown = stretchesOf(pod, container, (span) => span.state === 'waiting' && waitingClass.isReason(span.reason ?? ''));
    const stretches = shown.length === 0 && workload.snapshot ? toldStretches(pod, container, waitingClass) : shown;
    return stretches.map((stretch) => waitingSign({ pod, workload, container, stretch, waitingClass }));
  });
}

/** A kubelet that has restarted shows a blank until its next try, and so does a status that was read before its events: these tell. */
function toldStretches(pod: PodHistory, container: ContainerHistory, waitingClass: WaitingClass): readonly Stretch[] {
  if (waitingClass.toldByEvents !== true || !container.spans.every(({ status }) => isUntouched(status))) return [];
  const wentOn = pod.events.filter((event) => progress.has(event.record.reason)).map((event) => event.lastAt);
  return stretchesOf(pod, container, () => true).filter((stretch) => {
    const last = triesIn(pod, container, stretch, waitingClass).at(-1);
    return last !== undefined && last.lastAt >= Math.max(...wentOn, 0);
  });
}

interface Case {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly stretch: Stretch;
  readonly waitingClass: WaitingClass;
}

function waitingSign({ pod, workload, container, stretch, waitingClass }: Case): Sign {
  const tries = triesIn(pod, container, stretch, waitingClass);
  const lastSpan = stretch.spans.at(-1) ?? stretch.spans[0];
  const texts = [...stretch.spans.toReversed().map(waitingMessage), ...tries.toReversed().map((event) => event.message)].filter(
    (text) => text !== '',
  );
  const verdict = waitingClass.judge({ texts, pod, container, stretch, workload });
  const began = tries[0]?.firstAt;
  const timing = timeStretch(stretch, workload, {
    began,
    patience,
    secondTry: secondTry(tries, stretch),
    lastTry: latest(...tries.map((event) => event.lastAt)),
  });
  const spans = distinctReasons(stretch.spans).map(citeSpan);
  const [first, ...rest] =
    began !== undefined && began <= stretch.from ? [...tries.map(citeEvent), ...spans] : [...spans, ...tries.map(citeEvent)];
  return {
    symptom: waitingClass.symptom,
    reason: waitingClass.isReason(lastSpan.reason ?? '') ? (lastSpan.reason ?? '') : waitingClass.symptom,
    phase: verdict.phase ?? waitingClass.phase,
    cause: verdict.cause,
    basis: verdict.basis,
    summary: verdict.summary,
    tries: Math.max(1, ...tries.map((event) => event.count)),
    ...(verdict.quote === undefined ? {} : { quote: verdict.quote }),
    ...placeOf(pod, container, container.status.image === lastSpan.status.image ? container.status : lastSpan.status),
    ...(verdict.image === undefined ? {} : { image: verdict.image }),
    deaths: [],
    restartCount: lastSpan.status.restartCount ?? 0,
    evidence: [first ?? citeSpan(stretch.spans[0]), ...rest],
    ...timing,
  };
}

function triesIn(pod: PodHistory, container: ContainerHistory, stretch: Stretch, waitingClass: WaitingClass): readonly EventRecord[] {
  const { tryReasons = ['Failed'] } = waitingClass;
  return tryReasons
    .flatMap((reason) => eventsOf(pod, container.name, reason))
    .filter(
      (event) =>
        waitingClass.isTry(event.message) &&
        event.lastAt >= stretch.from - eventLead &&
        (stretch.until === undefined || event.firstAt <= stretch.until),
    )
    .toSorted((a, b) => a.firstAt - b.firstAt);
}

function secondTry(tries: readonly EventRecord[], stretch: Stretch): number | undefined {
  const repeated = tries
    .filter((event) => event.count >= 2)
    .map((event) => event.occurrences.find((at) => at > event.firstAt) ?? event.lastAt);
  const firstReason = stretch.spans[0].reason;
  const back = stretch.spans.slice(2).find((span) => span.reason === firstReason)?.from;
  return [...repeated, back].filter((at) => at !== undefined).toSorted((a, b) => a - b)[0];
}

function waitingMessage(span: ContainerSpan): string {
  return span.status.state?.waiting?.message ?? '';
}

/** The first span of each reason: ErrImagePull and ImagePullBackOff alternate, and one record of each says it all. */
function distinctReasons(spans: readonly ContainerSpan[]): readonly ContainerSpan[] {
  return [...Map.groupBy(spans, (span) => span.reason).values()].flatMap((group) => group.slice(0, 1));
}
