import type { Clock, Logger } from '#core/ports.ts';
import { maxBatchBytes } from '#core/wire/sizes.ts';
import type { Activity } from '../activity.ts';
import { linkSignals } from '../link-signals.ts';
import type { Batch, Spool } from '../spool/spool.ts';
import { createBackOff, type BackOff } from '../watch/back-off.ts';
import type { Sender } from './http-sender.ts';
import { judgeResponse, type Verdict } from './judge-response.ts';
import { sealBatch } from './seal-batch.ts';

/** Empties the spool towards the server: peek, send, ack. */
export interface Shipper {
  /** Ships until it is stopped; a batch that is on its way then is waited for. */
  run(signal: AbortSignal): Promise<void>;
  /** Something was appended. */
  appended(urgent: boolean): void;
  /** Ships what is left; false when the server does not take it. */
  drain(): Promise<boolean>;
  state(): ShipperState;
}

export interface ShipperState {
  readonly batches: number;
  readonly observations: number;
  /** Observations that the server will never take. */
  readonly rejected: number;
  readonly lastFault?: string;
}

export interface ShipperDependencies {
  readonly spool: Spool;
  readonly send: Sender;
  readonly clock: Clock;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly activity: Activity;
}

/** Deaths and failures leave within half a second; what else happens in this time goes with them. */
const urgentDelayMs = 250;
const quietDelayMs = 15_000;
/** Bytes of lines in one batch, a fortieth of what the wire allows: a batch is held several times while it is read and sealed. */
const targetBytes = 500_000;
const drainTries = 3;
const longestDrainPauseMs = 2000;

interface Shipping extends ShipperDependencies {
  readonly backOff: BackOff;
  readonly state: { batches: number; observations: number; rejected: number; lastFault?: string | undefined };
  batchBytes: number;
}

export function createShipper(dependencies: ShipperDependencies): Shipper {
  const { spool, clock, activity } = dependencies;
  const shipping: Shipping = {
    ...dependencies,
    backOff: createBackOff(dependencies.random),
    state: { batches: 0, observations: 0, rejected: 0 },
    batchBytes: targetBytes,
  };
  let urgent = false;
  let arrived = Promise.withResolvers<void>();
  let hurry = new AbortController();

  async function sleepUnlessHurried(signal: AbortSignal): Promise<void> {
    const woken = linkSignals(signal, hurry.signal);
    await clock.sleep(quietDelayMs, woken.signal);
    woken.release();
  }

  async function waitUntilDue(signal: AbortSignal): Promise<void> {
    if (spool.size().observations === 0) await arrived.promise;
    if (!urgent) await sleepUnlessHurried(signal);
    if (urgent) await clock.sleep(urgentDelayMs, signal);
    urgent = false;
    hurry = new AbortController();
    arrived = Promise.withResolvers<void>();
  }

  async function loop(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => arrived.resolve(), { once: true });
    while (!signal.aborted) {
      await activity.idleWhile(waitUntilDue(signal));
      await shipDue(signal);
    }
  }

  /** What was there when it became due; what comes meanwhile goes along, and where it does not, it is due on its own. */
  async function shipDue(signal: AbortSignal): Promise<void> {
    const settled = (): number => shipping.state.observations + shipping.state.rejected;
    const until = settled() + spool.size().observations;
    while (!signal.aborted && settled() < until && spool.size().observations > 0) {
      const verdict = await tryToShip(shipping);
      if (verdict?.kind === 'keep') await activity.idleWhile(clock.sleep(delayAfter(shipping, verdict), signal));
    }
  }

  return {
    run: (signal) => activity.run(() => loop(signal)),
    appended(isUrgent) {
      arrived.resolve();
      if (urgent || (!isUrgent && spool.size().bytes < targetBytes)) return;
      urgent = true;
      hurry.abort();
    },
    drain: () => activity.run(() => drain(shipping)),
    state: () => ({
      batches: shipping.state.batches,
      observations: shipping.state.observations,
      rejected: shipping.state.rejected,
      ...(shipping.state.lastFault !== undefined && { lastFault: shipping.state.lastFault }),
    }),
  };
}

async function drain(shipping: Shipping): Promise<boolean> {
  const { spool, clock, activity } = shipping;
  for (let tries = 0; tries < drainTries && spool.size().observations > 0;) {
    const verdict = await tryToShip(shipping);
    if (verdict?.kind !== 'keep') continue;
    tries += 1;
    if (tries < drainTries) await activity.idleWhile(clock.sleep(Math.min(delayAfter(shipping, verdict), longestDrainPauseMs)));
  }
  return spool.size().observations === 0;
}

function delayAfter({ backOff }: Shipping, verdict: Extract<Verdict, { kind: 'keep' }>): number {
  return Math.max(backOff.next(), verdict.retryAfterMs);
}

/** A disk that fails must not end the shipping: what could not be read, acked or set aside is sent again. */
async function tryToShip(shipping: Shipping): Promise<Verdict | undefined> {
  try {
    return await shipOne(shipping);
  } catch (error) {
    const reason = `the spool failed: ${error instanceof Error ? error.message : String(error)}`;
    shipping.state.lastFault = reason;
    shipping.logger.error('spool-failed', { reason });
    return { kind: 'keep', reason, retryAfterMs: 0 };
  }
}

/** Sends the oldest batch and does with it what the answer says. */
async function shipOne(shipping: Shipping): Promise<Verdict | undefined> {
  const { spool, send } = shipping;
  const batch = await spool.peek(shipping.batchBytes);
  if (batch === undefined) return undefined;
  const sealed = await sealBatch(batch);
  const tooLong = sealed.body.length > maxBatchBytes && batch.observations > 1;
  const verdict: Verdict = tooLong ? { kind: 'split', reason: 'larger than a batch may be' } : judgeResponse(await send(sealed));
  await settle(shipping, batch, verdict);
  return verdict;
}

async function settle(shipping: Shipping, batch: Batch, verdict: Verdict): Promise<void> {
  const { spool, backOff, logger, state } = shipping;
  switch (verdict.kind) {
    case 'ack':
      await spool.ack(batch);
      backOff.reset();
      // After a refusal for its size a batch grows again step by step: a proxy's limit does not go away.
      shipping.batchBytes = Math.min(targetBytes, shipping.batchBytes * 2);
      state.batches += 1;
      state.observations += batch.observations;
      state.lastFault = undefined;
      if (verdict.rejected.length > 0)
        logger.warn('lines-rejected', { lines: verdict.rejected.slice(0, 10), count: verdict.rejected.length });
      return;
    case 'keep':
      state.lastFault = verdict.reason;
      logger.warn('batch-kept', { observations: batch.observations, reason: verdict.reason });
      return;
    case 'split':
      if (batch.observations === 1) return settle(shipping, batch, { kind: 'reject', reason: verdict.reason });
      shipping.batchBytes = Math.floor(batch.bytes.length / 2);
      return;
    case 'reject':
      await spool.reject(batch, verdict.reason);
      state.rejected += batch.observations;
      state.lastFault = verdict.reason;
      logger.error('batch-rejected', { observations: batch.observations, reason: verdict.reason });
      return;
    default:
      return verdict satisfies never;
  }
}
