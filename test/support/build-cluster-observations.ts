import { observationId } from '#core/wire/observation-id.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { NodeObservation } from '#core/wire/node.ts';
import type { UsageObservation } from '#core/wire/usage.ts';
import type { Draft } from '#core/wire/observation.ts';
import { at } from './build-observations.ts';

/** Records that belong to no single workload, beside those of build-observations.ts. */

export function node(seconds: number, resourceVersion: string, fields: Partial<Draft<NodeObservation>> = {}): NodeObservation {
  const draft: Draft<NodeObservation> = {
    kind: 'node',
    name: 'node-1',
    uid: 'uid-node-1',
    resourceVersion,
    conditions: [{ type: 'Ready', status: 'False' }],
    ...fields,
  };
  return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' };
}

export function coverage(seconds: number, fields: Partial<Draft<CoverageObservation>> = {}): CoverageObservation {
  const draft: Draft<CoverageObservation> = {
    kind: 'coverage',
    collector: 'collector-1',
    note: 'watch-gap',
    from: at(seconds),
    to: at(seconds),
    ...fields,
  };
  return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' };
}

export function heartbeat(seconds: number): CoverageObservation {
  return coverage(seconds, { note: 'heartbeat' });
}

/** Memory samples of one container instance of the pod of `build-observations.ts`. */
export function usage(seconds: number, containerID: string, samples: UsageObservation['samples']): UsageObservation {
  const draft: Draft<UsageObservation> = {
    kind: 'usage',
    namespace: 'shop',
    pod: 'api-7d9f-abcde',
    podUid: 'pod-1',
    container: 'app',
    containerID,
    samples,
  };
  return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' };
}
