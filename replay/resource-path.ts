import type { RecordedObject } from './recording.ts';

/** A kind of object the replayed server knows. */
export interface ApiResource {
  readonly plural: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

/** What a path of the API asks for. */
export type ResourcePath =
  | { readonly target: 'collection'; readonly resource: ApiResource; readonly namespace?: string }
  | { readonly target: 'object'; readonly resource: ApiResource; readonly namespace?: string; readonly name: string }
  | { readonly target: 'log'; readonly namespace: string; readonly name: string };

const namespaced: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'pods Pod',
    'events Event',
    'persistentvolumeclaims PersistentVolumeClaim',
    'resourcequotas ResourceQuota',
    'limitranges LimitRange',
    'services Service',
    'endpoints Endpoints',
    'serviceaccounts ServiceAccount',
    'replicationcontrollers ReplicationController',
  ],
  'apps/v1': [
    'deployments Deployment',
    'replicasets ReplicaSet',
    'statefulsets StatefulSet',
    'daemonsets DaemonSet',
    'controllerrevisions ControllerRevision',
  ],
  'batch/v1': ['jobs Job', 'cronjobs CronJob'],
  'autoscaling/v2': ['horizontalpodautoscalers HorizontalPodAutoscaler'],
  'policy/v1': ['poddisruptionbudgets PodDisruptionBudget'],
};

const clusterWide: Readonly<Record<string, readonly string[]>> = {
  v1: ['nodes Node', 'namespaces Namespace', 'persistentvolumes PersistentVolume'],
  'storage.k8s.io/v1': ['storageclasses StorageClass'],
  'scheduling.k8s.io/v1': ['priorityclasses PriorityClass'],
};

export const builtInResources: readonly ApiResource[] = [...resourcesOf(namespaced, true), ...resourcesOf(clusterWide, false)];

function resourcesOf(table: Readonly<Record<string, readonly string[]>>, isNamespaced: boolean): readonly ApiResource[] {
  return Object.entries(table).flatMap(([apiVersion, rows]) =>
    rows.map((row) => {
      const [plural = '', kind = ''] = row.split(' ');
      return { plural, kind, apiVersion, namespaced: isNamespaced };
    }),
  );
}

/** A recorded resource that is not in the table (a custom one) is known by the first object seen of it. */
export function recordedResource(plural: string, object: RecordedObject): ApiResource {
  return { plural, kind: object.kind, apiVersion: object.apiVersion, namespaced: object.metadata.namespace !== undefined };
}

/** Undefined where a real server answers 404. */
export function parseResourcePath(path: string, resources: readonly ApiResource[]): ResourcePath | undefined {
  const [root, ...parts] = path.split('/').filter((part) => part !== '');
  const groupParts = root === 'api' ? 1 : root === 'apis' ? 2 : 0;
  if (groupParts === 0) return undefined;
  const apiVersion = parts.slice(0, groupParts).join('/');
  const inGroup = resources.filter((resource) => resource.apiVersion === apiVersion);
  const rest = parts.slice(groupParts);
  return rest[0] === 'namespaces' && rest.length > 2 ? inNamespace(rest.slice(1), inGroup) : inCluster(rest, inGroup);
}

function inNamespace(parts: readonly string[], resources: readonly ApiResource[]): ResourcePath | undefined {
  const [namespace = '', plural, name, subresource, ...more] = parts;
  const resource = resources.find((one) => one.namespaced && one.plural === plural);
  if (resource === undefined || more.length > 0) return undefined;
  if (name === undefined) return { target: 'collection', resource, namespace };
  if (subresource === undefined) return { target: 'object', resource, namespace, name };
  return plural === 'pods' && subresource === 'log' ? { target: 'log', namespace, name } : undefined;
}

function inCluster(parts: readonly string[], resources: readonly ApiResource[]): ResourcePath | undefined {
  const [plural, name, ...more] = parts;
  const resource = resources.find((one) => one.plural === plural);
  if (resource === undefined || more.length > 0) return undefined;
  if (name === undefined) return { target: 'collection', resource };
  return resource.namespaced ? undefined : { target: 'object', resource, name };
}
