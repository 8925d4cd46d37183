import { failure, jsonAnswer, type ApiAnswer } from './api-status.ts';
import { podMoment } from './container-moment.ts';
import type { ObjectStore } from './object-store.ts';
import type { RecordedObject } from './recording.ts';

/** What one running container uses at a moment. */
export interface MeasuredContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Bytes of memory; undefined: not measured yet. Recordings have none, so whoever replays makes them up. */
export type MeasureMemory = (container: MeasuredContainer, at: Date) => number | undefined;

const root = '/apis/metrics.k8s.io/v1beta1';
const podsPath = new RegExp(`^${root}(?:/namespaces/([^/]+))?/pods(?:/([^/]+))?$`);
const discovery = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
};

/** Answers as metrics-server does: without pages, without uids, and with 404 for what was not measured. Undefined for other paths. */
export function answerUsage(
  { store, measure, now }: { readonly store: ObjectStore; readonly measure: MeasureMemory; readonly now: Date },
  path: string,
): ApiAnswer | undefined {
  if (path === root) return jsonAnswer(200, discovery);
  const [matched, namespace, name] = podsPath.exec(path) ?? [];
  if (matched === undefined) return undefined;
  const measured = store
    .list('pods')
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
    .filter(({ metadata }) => name === undefined || metadata.name === name)
    .flatMap((pod) => podMetrics(pod, measure, now));
  if (name === undefined) {
    return jsonAnswer(200, { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items: measured });
  }
  const [only] = measured;
  if (only !== undefined) return jsonAnswer(200, only);
  return failure(404, `podmetrics.metrics.k8s.io "${namespace}/${name}" not found`);
}

function podMetrics(pod: RecordedObject, measure: MeasureMemory, now: Date): readonly object[] {
  const { namespace = '', name = '' } = pod.metadata;
  const running = [...podMoment(pod).statuses].filter(([, { state }]) => state === 'running');
  const containers = running.flatMap(([container]) => {
    const bytes = measure({ namespace, pod: name, container }, now);
    return bytes === undefined ? [] : [{ name: container, usage: { cpu: '1m', memory: `${Math.floor(bytes / 1024)}Ki` } }];
  });
  if (containers.length === 0) return [];
  const timestamp = `${now.toISOString().slice(0, 19)}Z`;
  return [
    { kind: 'PodMetrics', apiVersion: 'metrics.k8s.io/v1beta1', metadata: { name, namespace }, timestamp, window: '15s', containers },
  ];
}
