import type { Clock, Logger } from '#core/ports.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { UsageObservation } from '#core/wire/usage.ts';
import type { Activity } from '../activity.ts';
import type { Death } from '../detect/find-deaths.ts';
import type { Recorder } from '../recorder.ts';
import { shortestSeconds } from './decide-interval.ts';
import type { PodUsage } from './parse-pod-usage.ts';
import { secondOf } from './sampled-container.ts';
import { createSampledPods } from './sampled-pods.ts';
import type { UsageAnswer, UsageApi } from './usage-api.ts';
import { createUsageLog, type MemorySample } from './usage-log.ts';
import { createUsageRefusals } from './usage-refusals.ts';
import { createUsageRequests } from './usage-requests.ts';
import { createUsageRounds } from './usage-rounds.ts';

/** Counts since the start, and what is held now. */
export interface UsageCounts {
  readonly requests: Readonly<Record<UsageAnswer['kind'], number>>;
  readonly containers: number;
  readonly samples: number;
}

/** Samples the memory of containers that have a limit, so that a termination is told with what was used before it. */
export interface UsageSampler {
  /** Resolves when the signal has aborted. */
  run(signal: AbortSignal): Promise<void>;
  /** A pod was seen: what is known of its new deaths is recorded, and what still runs is sampled. */
  seen(draft: Draft<PodObservation>, deaths: readonly Death[]): Promise<void>;
  /** A pod was found gone. */
  gone(pod: { readonly namespace: string; readonly name: string; readonly uid: string }): void;
  counts(): UsageCounts;
}

export interface UsageSamplerDependencies {
  readonly collector: string;
  readonly api: UsageApi;
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[];
  readonly isOneNode: boolean;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly activity: Activity;
}

const roundMs = shortestSeconds * 1000;
/** A cluster without the API may get it, and a server in trouble may recover. */
const longestPauseMs = 600_000;

export function createUsageSampler(dependencies: UsageSamplerDependencies): UsageSampler {
  const { recorder, clock, random, activity } = dependencies;
  const pods = createSampledPods();
  const log = createUsageLog();
  const now = (): number => Math.floor(clock.now().getTime() / 1000);
  const refusals = createUsageRefusals(dependencies);
  const take = (usage: PodUsage): void => {
    for (const { slot, ...sample } of pods.take(usage, now())) log.add(slot, sample);
  };
  const requests = createUsageRequests({ ...dependencies, pods, refusals, take });
  const rounds = createUsageRounds({ ...dependencies, requests, pods, refusals });

  async function loop(signal: AbortSignal): Promise<void> {
    // The collectors of the nodes begin together, and would ask together.
    await activity.idleWhile(clock.sleep(random() * roundMs, signal));
    while (!signal.aborted) {
      await rounds.next();
      const pauseMs = rounds.isAbsent() ? longestPauseMs : Math.min(roundMs * 2 ** Math.min(rounds.faults(), 10), longestPauseMs);
      await activity.idleWhile(clock.sleep(pauseMs, signal));
    }
  }

  async function record(draft: Draft<PodObservation>, { container, containerID, terminated }: Death): Promise<void> {
    const sampled = pods.find(draft.namespace, draft.name);
    const known = sampled?.uid === draft.uid ? sampled.containers.find(({ name }) => name === container) : undefined;
    if (known === undefined) return;
    const from = secondOf(terminated.startedAt) ?? known.startedAt;
    const samples = log.samplesOf(known.slot, from, secondOf(terminated.finishedAt) ?? now()).map(toWire);
    if (samples.length === 0) return;
    const { namespace, name: pod, uid: podUid } = draft;
    await recorder.record({ kind: 'usage', namespace, pod, podUid, container, containerID, samples }, { urgent: true });
  }

  return {
    run: (signal) => activity.run(() => loop(signal)),
    async seen(draft, deaths) {
      for (const death of deaths) await record(draft, death);
      if (draft.deleted === true) pods.forget(draft);
      else if (!rounds.isAbsent()) pods.set(draft, now());
    },
    gone: (pod) => pods.forget(pod),
    counts: () => ({ requests: requests.counts(), containers: pods.containers(), samples: log.size() }),
  };
}

function toWire({ second, kibibytes }: MemorySample): UsageObservation['samples'][number] {
  return { at: new Date(second * 1000).toISOString(), bytes: kibibytes * 1024 };
}
