import type { WorkloadHistory } from '../history/workload-history.ts';

/**
 * Remembers what a text of a workload was read as: what fails again and again says the same each time. Nothing but speed depends on it.
 *
 * @returns a reader that calls `read` only for a text which is new to the workload
 */
export function readOnce<T>(): (workload: WorkloadHistory, text: string, read: () => T) => T {
  const readingsOf = new WeakMap<WorkloadHistory, Map<string, { readonly found: T }>>();
  return (workload, text, read) => {
    const readings = readingsOf.get(workload) ?? new Map<string, { readonly found: T }>();
    readingsOf.set(workload, readings);
    const reading = readings.get(text) ?? { found: read() };
    readings.set(text, reading);
    return reading.found;
  };
}
