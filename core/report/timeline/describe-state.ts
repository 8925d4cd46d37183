import type { PodObservation } from '../../wire/pod.ts';

/** `Running, not ready: api waiting CrashLoopBackOff (restarts 3)`: one line for one state of a pod. */
export function describeState(record: PodObservation): string {
  const ready = record.conditions.find((condition) => condition.type === 'Ready');
  const head = [
    record.deleted === true
      ? 'gone'
      : record.deletionTimestamp === undefined
        ? (record.phase ?? 'unknown phase')
        : `${record.phase ?? ''}, being deleted`,
    ...(ready === undefined ? [] : [ready.status === 'True' ? 'ready' : 'not ready']),
    ...(record.reason === undefined ? [] : [record.reason]),
  ].join(', ');
  const containers = record.containers.map(describeContainer).join('; ');
  return containers === '' ? head : `${head}: ${containers}`;
}

function describeContainer({ name, state, restartCount = 0 }: PodObservation['containers'][number]): string {
  const { waiting, running, terminated } = state ?? {};
  const word = waiting
    ? `waiting ${waiting.reason ?? ''}`
    : running
      ? 'running'
      : terminated
        ? `terminated ${terminated.reason ?? ''} (${terminated.exitCode})`
        : 'not reported';
  return `${name} ${word.trim()}${restartCount > 0 ? ` (restarts ${restartCount})` : ''}`;
}
