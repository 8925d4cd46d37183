import type { EventObservation } from '#core/wire/event.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { ContainerMemory } from './pod-memory.ts';

const inContainer = /^spec\.(?:init|ephemeral)?[cC]ontainers\{([^}]{1,253})\}$/;
const probeMessage = /^(Readiness|Liveness|Startup) probe (?:failed|errored)/;

/** A probe that failed on one container, as its Unhealthy event says. */
export interface ProbeFailure {
  readonly container: string;
  readonly probe: 'Readiness' | 'Liveness' | 'Startup';
}

export function probeFailureOf(event: Draft<EventObservation>): ProbeFailure | undefined {
  if (event.reason !== 'Unhealthy' && event.reason !== 'ProbeError') return undefined;
  const container = inContainer.exec(event.involvedObject.fieldPath ?? '')?.[1];
  const probe = probeMessage.exec(event.message)?.[1];
  if (container === undefined) return undefined;
  return probe === 'Readiness' || probe === 'Liveness' || probe === 'Startup' ? { container, probe } : undefined;
}

/**
 * Whether a failed probe asks for the log of the running instance. Liveness and startup probes kill; a failed readiness probe
 * means something only where the container is not ready: rollouts are full of first ones.
 */
export function asksForLog(failure: ProbeFailure, memory: ContainerMemory): boolean {
  if (memory.containerID === undefined || memory.dead.includes(memory.containerID)) return false;
  return failure.probe !== 'Readiness' || memory.unreadySince !== undefined;
}
