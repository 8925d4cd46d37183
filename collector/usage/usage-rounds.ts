import type { Clock, Logger } from '#core/ports.ts';
import { createSlots } from '../enrich/slots.ts';
import { planRound } from './plan-round.ts';
import type { SampledPods } from './sampled-pods.ts';
import type { UsageAnswer } from './usage-api.ts';
import type { UsageRefusals } from './usage-refusals.ts';
import { isNotThere, type UsageRequests } from './usage-requests.ts';

export interface UsageRoundsDependencies {
  readonly requests: UsageRequests;
  readonly pods: SampledPods;
  readonly refusals: UsageRefusals;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Asks for the pods that are due, round by round, as long as the cluster offers it. */
export interface UsageRounds {
  /** Never throws. */
  next(): Promise<void>;
  isAbsent(): boolean;
  /** Rounds one after the other of which nothing came but faults. */
  faults(): number;
}

const requestsAtOnce = 4;
/** What fails so often is no slip. */
const patience = 3;

export function createUsageRounds({ requests, pods, refusals, clock, logger }: UsageRoundsDependencies): UsageRounds {
  const slots = createSlots(requestsAtOnce);
  let offer: 'unknown' | 'offered' | 'absent' = 'unknown';
  let faults = 0;

  async function look(): Promise<void> {
    const answer = await requests.offered();
    await judge([answer]);
    if (answer.kind === 'answered') offer = 'offered';
    if (answer.kind !== 'refused') return;
    offer = 'absent';
    // What comes later is sampled from the next state of a pod on.
    pods.clear();
    await refusals.refused('offer', undefined, answer.refusal.message);
  }

  async function round(): Promise<void> {
    const now = Math.floor(clock.now().getTime() / 1000);
    const due = pods.due(now);
    const { lists, gets } = planRound(due, requests);
    const answers: UsageAnswer[] = [];
    /** A server in trouble is not asked for the rest of the round. */
    const ask = async (asking: () => Promise<UsageAnswer>): Promise<void> => {
      if (!answers.some(({ kind }) => kind === 'failed')) answers.push(await asking());
    };
    await Promise.all([
      ...lists.map((namespace) => slots.run(() => ask(() => requests.together(namespace)))),
      ...gets.map((pod) => slots.run(() => ask(() => requests.alone(pod)))),
    ]);
    const asked = new Set<unknown>([...lists, ...gets]);
    for (const pod of due) if (pod.dueAt <= now && (asked.has(pod) || asked.has(pod.namespace))) pods.postpone(pod, now);
    // Where pods are asked for one by one only, this is what an API looks like that is gone.
    if (answers.length > 0 && answers.every(isNotThere)) offer = 'unknown';
    await judge(answers);
  }

  /** A fault that lasts is told. */
  async function judge(answers: readonly UsageAnswer[]): Promise<void> {
    if (answers.some(({ kind }) => kind === 'answered')) faults = 0;
    const failed = answers.find((answer) => answer.kind === 'failed');
    if (failed === undefined || answers.some(({ kind }) => kind === 'answered')) return;
    faults += 1;
    logger.warn('usage-not-read', { reason: failed.reason });
    if (faults === patience) await refusals.refused('offer', undefined, failed.reason);
  }

  return {
    async next() {
      try {
        if (offer !== 'offered') await look();
        if (offer === 'offered') await round();
      } catch (error) {
        logger.error('usage-not-sampled', { error: error instanceof Error ? error.message : String(error) });
      }
    },
    isAbsent: () => offer === 'absent',
    faults: () => faults,
  };
}
