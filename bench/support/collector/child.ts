import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Report } from './messages.ts';

/** A child of the bench in one of its roles. */
export interface Child {
  readonly pid: number;
  order(order: Order): void;
  /** The next report; children report only what they are asked for, and once at their start. */
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** This same file again, with the role as its arguments. */
export function startRole(...role: readonly string[]): Child {
  const [, self = ''] = process.argv;
  const child = fork(self, role, { execArgv: [] });
  return {
    pid: pidOf(child),
    order: (order) => void child.send(order),
    async report() {
      const [report]: Report[] = await once(child, 'message');
      if (report === undefined) throw new Error('a child of the bench said nothing');
      return report;
    },
    stop: () => stopChild(child),
  };
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('a child of the bench could not be started');
  return child.pid;
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
