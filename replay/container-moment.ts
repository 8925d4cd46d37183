import { z } from 'zod';
import type { RecordedObject } from './recording.ts';

const phase = z.looseObject({ containerID: z.string().optional(), reason: z.string().optional() });
const containerStatus = z.object({
  name: z.string(),
  restartCount: z.number().default(0),
  containerID: z.string().optional(),
  state: z.object({ running: phase.optional(), waiting: phase.optional(), terminated: phase.optional() }).default({}),
  lastState: z.object({ terminated: phase.optional() }).default({}),
});
const statuses = z.array(containerStatus).nullish();
const podShape = z.object({
  spec: z.object({
    nodeName: z.string().optional(),
    containers: z.array(z.object({ name: z.string() })).nullish(),
    initContainers: z.array(z.object({ name: z.string() })).nullish(),
    ephemeralContainers: z.array(z.object({ name: z.string() })).nullish(),
  }),
  status: z.object({ containerStatuses: statuses, initContainerStatuses: statuses, ephemeralContainerStatuses: statuses }).default({}),
});

/** What the log API looks at in a pod. */
export interface PodMoment {
  readonly namespace: string;
  readonly uid: string;
  readonly scheduled: boolean;
  readonly containers: readonly string[];
  readonly initContainers: readonly string[];
  readonly ephemeralContainers: readonly string[];
  readonly statuses: ReadonlyMap<string, ContainerMoment>;
}

/** One container at one moment. Ids are undefined where the API has none, or an empty one. */
export interface ContainerMoment {
  readonly restartCount: number;
  readonly state: 'running' | 'waiting' | 'terminated';
  readonly reason: string;
  readonly currentId: string | undefined;
  readonly terminatedId: string | undefined;
  readonly lastTerminated: boolean;
  readonly lastId: string | undefined;
}

/** A pod that is no pod by its shape has no containers. */
export function podMoment(pod: RecordedObject): PodMoment {
  const parsed = podShape.safeParse(pod);
  const spec = parsed.success ? parsed.data.spec : {};
  const status = parsed.success ? parsed.data.status : {};
  const all = [status.containerStatuses, status.initContainerStatuses, status.ephemeralContainerStatuses].flatMap((list) => list ?? []);
  return {
    namespace: pod.metadata.namespace ?? '',
    uid: pod.metadata.uid ?? '',
    scheduled: (spec.nodeName ?? '') !== '',
    containers: names(spec.containers),
    initContainers: names(spec.initContainers),
    ephemeralContainers: names(spec.ephemeralContainers),
    statuses: new Map(all.map((container) => [container.name, containerMoment(container)])),
  };
}

function names(containers: readonly { readonly name: string }[] | null | undefined): readonly string[] {
  return (containers ?? []).map((container) => container.name);
}

function containerMoment(status: z.infer<typeof containerStatus>): ContainerMoment {
  const { running, waiting, terminated } = status.state;
  const last = status.lastState.terminated;
  return {
    restartCount: status.restartCount,
    // The API's own default: a status without a state is waiting.
    state: running !== undefined ? 'running' : terminated !== undefined ? 'terminated' : 'waiting',
    reason: waiting?.reason ?? '',
    lastTerminated: last !== undefined,
    currentId: idOf(status),
    terminatedId: idOf(terminated),
    lastId: idOf(last),
  };
}

function idOf(holder: { readonly containerID?: string | undefined } | undefined): string | undefined {
  return holder?.containerID === '' ? undefined : holder?.containerID;
}
