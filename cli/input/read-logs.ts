import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MortemError } from '#core/errors.ts';
import { redact } from '#core/redact/redact.ts';
import { maxLogCharacters } from '#core/wire/limits.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { seal } from './to-observations.ts';

/**
 * Logs saved as `<pod>.<container>.log` and `<pod>.<container>.previous.log`, matched to the attempts that `pods` show:
 * previous is the last dead instance, the plain name the current one, alive or dead.
 *
 * @throws {MortemError} `bad-input` when the folder cannot be read
 */
export async function readLogs(dir: string, pods: readonly PodObservation[]): Promise<readonly Observation[]> {
  const names = await list(dir);
  const read = pods.flatMap((pod) =>
    pod.containers.flatMap((container) =>
      [false, true].map(async (previous) => {
        const name = `${pod.name}.${container.name}${previous ? '.previous' : ''}.log`;
        if (!names.has(name)) return [];
        const bytes = await readFile(join(dir, name));
        const { text, counts } = redact(bytes.toString('utf8').slice(-maxLogCharacters));
        const { last, current } = attemptsOf(container);
        const attempt = previous ? last : current;
        const log = {
          kind: 'log' as const,
          namespace: pod.namespace,
          pod: pod.name,
          podUid: pod.uid,
          container: container.name,
          role: container.role,
          workload: pod.workload,
          restartCount: attempt.index,
          final: previous || container.state?.running === undefined,
          text,
          redactions: counts,
          ...(attempt.containerID === undefined ? {} : { containerID: attempt.containerID }),
        };
        return [seal(log, pod.cluster, Date.parse(pod.observedAt))];
      }),
    ),
  );
  return (await Promise.all(read)).flat();
}

async function list(dir: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(dir));
  } catch (cause) {
    throw new MortemError('bad-input', `cannot read the folder of logs ${dir}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

interface AttemptRef {
  readonly containerID?: string | undefined;
  readonly index: number;
}

/** As the log API chooses: the current one is running, else terminated; while waiting, both names mean the last dead one. */
function attemptsOf({ restartCount = 0, state, lastState, containerID }: PodObservation['containers'][number]): {
  last: AttemptRef;
  current: AttemptRef;
} {
  const alive = state?.running !== undefined || state?.terminated !== undefined;
  const last = { containerID: lastState?.terminated?.containerID, index: Math.max(0, alive ? restartCount - 1 : restartCount) };
  return { last, current: alive ? { containerID: state?.terminated?.containerID ?? containerID, index: restartCount } : last };
}
