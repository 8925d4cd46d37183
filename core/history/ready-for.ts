import { between } from '../time/duration.ts';
import type { ContainerHistory, ContainerSpan, Death } from './container-history.ts';

/** Ready stretches by instance: a crash loop has thousands of both, and must not be searched once for each death. */
const readyByInstance = new WeakMap<ContainerHistory, ReadonlyMap<string, readonly ContainerSpan[]>>();

/** The stretches in which an instance was ready; none where no probe is asked: ready then only means that the process ran. */
export function readySpans(container: ContainerHistory, { status, containerID }: Death): readonly ContainerSpan[] {
  if (status.readinessProbe === undefined || containerID === undefined) return [];
  const index = readyByInstance.get(container) ?? indexOf(container);
  readyByInstance.set(container, index);
  return index.get(containerID) ?? [];
}

function indexOf({ spans }: ContainerHistory): ReadonlyMap<string, readonly ContainerSpan[]> {
  const ready = spans.filter((span) => span.state === 'running' && span.ready && span.status.containerID !== undefined);
  return Map.groupBy(ready, (span) => span.status.containerID ?? '');
}

/** Milliseconds for which an instance was ready before its end, as the clock times of its records read; undefined where no probe is asked. */
export function readyFor(container: ContainerHistory, death: Death): number | undefined {
  if (death.status.readinessProbe === undefined || death.containerID === undefined) return undefined;
  const { finishedAt } = death.end;
  return readySpans(container, death).reduce(
    (sum, { from, until = finishedAt }) => sum + Math.max(0, between(from, Math.min(until, finishedAt))),
    0,
  );
}
