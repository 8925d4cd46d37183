import type { Clock } from '#core/ports.ts';
import { forbidden } from './coverage.ts';
import type { Recorder } from './recorder.ts';

/** Tells in the words of the API that single objects of a resource may not be read: once for each namespace in the life of a process. */
export type RefusedGets = (resource: string, namespace: string, message: string) => Promise<void>;

export function createRefusedGets(dependencies: {
  readonly collector: string;
  readonly recorder: Recorder;
  readonly clock: Clock;
}): RefusedGets {
  const { collector, recorder, clock } = dependencies;
  const told = new Set<string>();
  return async (resource, namespace, message) => {
    const key = `${resource} ${namespace}`;
    if (told.has(key)) return;
    told.add(key);
    await recorder.record(forbidden(collector, { resource, namespace }, { refusal: { status: 403, message }, now: clock.now() }));
  };
}
