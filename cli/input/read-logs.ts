import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MortemError } from '#core/errors.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { toLogObservation } from './to-log-observation.ts';

/**
 * Logs saved as `<pod>.<container>.log` and `<pod>.<container>.previous.log`, matched to the attempts that `pods` show:
 * previous is the last dead instance, the plain name the current one, alive or dead.
 *
 * @throws {MortemError} `bad-input` when the folder cannot be read
 */
export async function readLogs(dir: string, pods: readonly PodObservation[]): Promise<readonly Observation[]> {
  const names = await list(dir);
  const wanted = pods.flatMap((pod) =>
    pod.containers.flatMap((container) =>
      [false, true].map((previous) => ({
        pod,
        container,
        previous,
        file: `${pod.name}.${container.name}${previous ? '.previous' : ''}.log`,
      })),
    ),
  );
  return Promise.all(
    wanted
      .filter(({ file }) => names.has(file))
      .map(async ({ pod, container, previous, file }) => {
        const bytes = await readFile(join(dir, file));
        return toLogObservation(pod, container, { text: bytes.toString('utf8'), previous });
      }),
  );
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
