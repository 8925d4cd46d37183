import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { MortemError } from '#core/errors.ts';
import type { Clock, Logger } from '#core/ports.ts';
import { createApp } from './app.ts';
import { compose, type Deps } from './compose.ts';
import type { Config } from './config.ts';
import { startSchedule } from './schedule.ts';
import { redrive } from './usecases/redrive.ts';
import { runRound } from './usecases/run-round.ts';

export interface ServeOptions extends Omit<Config, 'logLevel'> {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Reads without a key, where only this machine can reach the listener; elsewhere it has no effect. */
  readonly openReads?: boolean;
}

export interface RunningServer {
  readonly url: string;
  readonly deps: Deps;
  /** Resolves when everything that was accepted can be queried. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const scheduleIntervalMs = 60_000;
/** Longer than senders and load balancers keep an idle connection, so that it is theirs to close: a request that meets ours fails. */
const keepAliveTimeout = 65_000;
const sweepMs = 100;

/**
 * The one-process server: migrates a SQLite, takes up what an earlier run left, listens.
 *
 * @throws {MortemError} `usage` when the address cannot be listened on
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { port, host, clock, logger, openReads = false, ...config } = options;
  const deps = compose(
    { ...config, logLevel: 'info' },
    {
      openReads,
      listensOnLoopback: isLoopback(host),
      ...(clock === undefined ? {} : { clock }),
      ...(logger === undefined ? {} : { logger }),
    },
  );
  if (openReads && !deps.openReads) deps.logger.warn('open-reads-ignored', { host, reason: 'other machines can reach this address' });
  const server = createAdaptorServer({ fetch: createApp(deps).fetch, serverOptions: { requestTimeout: 60_000, keepAliveTimeout } });
  try {
    await listen(server, port, host);
  } catch (error) {
    await deps.close();
    throw error;
  }
  const left = ifReady(deps, redrive).catch((error: unknown) => deps.logger.error('redrive-failed', { reason: String(error) }));
  const schedule = startSchedule(() => ifReady(deps, runRound), { clock: deps.clock, logger: deps.logger, intervalMs: scheduleIntervalMs });
  return {
    url: urlOf(server, host),
    deps,
    async idle() {
      await left;
      await deps.idle();
    },
    async close() {
      await closeServer(server);
      await left;
      await schedule.stop();
      await deps.close();
    },
  };
}

/** Nothing can be done with a database that has another schema; requests are told so, and this is for the operator. */
async function ifReady(deps: Deps, work: (deps: Deps) => Promise<void>): Promise<void> {
  const state = await deps.readiness();
  if (state.ready) return work(deps);
  deps.logger.warn('not-ready', { reason: state.detail });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function listen(server: ServerType, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new MortemError('usage', `Cannot listen on ${host} port ${port}: ${error.message}. Choose another with --port.`, { cause: error }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection whose last request is answered would hold the server open until it is idle for too long.
    const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), sweepMs);
    server.close((error) => {
      clearInterval(sweep);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

function urlOf(server: ServerType, host: string): string {
  const address: AddressInfo | string | null = server.address();
  const port = address === null || typeof address === 'string' ? '' : `:${address.port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}${port}`;
}
