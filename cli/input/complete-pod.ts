import { isObject, type RawObject } from './read-objects.ts';

/** Reasons for which only a condition that is False can stand. */
const unscheduled = new Set(['Unschedulable', 'SchedulerError', 'SchedulingGated']);

/**
 * Fills in what an API server never leaves out of a pod and a hand-kept file may lack: names of containers, the status of a
 * condition whose reason leaves no doubt, and the exit code, which is 0 where the API decodes none.
 */
export function completePod(raw: RawObject): RawObject {
  const spec = isObject(raw['spec']) ? raw['spec'] : {};
  const status = isObject(raw['status']) ? raw['status'] : {};
  const specs = named(spec['containers'], []);
  const initSpecs = named(spec['initContainers'], []);
  return {
    ...raw,
    spec: { ...spec, containers: specs, initContainers: initSpecs },
    status: {
      ...status,
      conditions: objectsOf(status['conditions']).map(completeCondition),
      containerStatuses: named(status['containerStatuses'], specs).map(completeStatus),
      initContainerStatuses: named(status['initContainerStatuses'], initSpecs).map(completeStatus),
    },
  };
}

function objectsOf(value: unknown): readonly RawObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Without a name of its own a container has that of the spec at its place. */
function named(containers: unknown, specs: readonly RawObject[]): readonly RawObject[] {
  return objectsOf(containers).map((container, index) =>
    typeof container['name'] === 'string' && container['name'] !== ''
      ? container
      : { ...container, name: specs[index]?.['name'] ?? `container-${index}` },
  );
}

function completeCondition(condition: RawObject): RawObject {
  const { type, status, reason } = condition;
  const isFalse = type === 'PodScheduled' && typeof reason === 'string' && unscheduled.has(reason);
  return isFalse && (status === undefined || status === '') ? { ...condition, status: 'False' } : condition;
}

function completeStatus(status: RawObject): RawObject {
  return { ...status, state: completeState(status['state']), lastState: completeState(status['lastState']) };
}

function completeState(state: unknown): unknown {
  if (!isObject(state) || !isObject(state['terminated'])) return state;
  return { ...state, terminated: { ...state['terminated'], exitCode: state['terminated']['exitCode'] ?? 0 } };
}
