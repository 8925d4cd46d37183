import { at, containerNames, type PodStage } from './synthetic-names.ts';

const fieldsOf = (keys: readonly string[]): object => Object.fromEntries(keys.map((key) => [key, {}]));

const probeFields = Object.fromEntries(
  ['.', 'f:failureThreshold', 'f:httpGet', 'f:initialDelaySeconds', 'f:periodSeconds', 'f:successThreshold', 'f:timeoutSeconds'].map(
    (key) => [key, key === 'f:httpGet' ? { '.': {}, 'f:path': {}, 'f:port': {}, 'f:scheme': {} } : {}],
  ),
);

const ofContainer = {
  ...fieldsOf([
    '.',
    'f:name',
    'f:image',
    'f:imagePullPolicy',
    'f:command',
    'f:args',
    'f:terminationMessagePath',
    'f:terminationMessagePolicy',
  ]),
  'f:env': Object.fromEntries(
    ['HTTP_PORT', 'LOG_LEVEL', 'REGION', 'CACHE_SIZE', 'FEATURE_FLAGS', 'UPSTREAM_TIMEOUT', 'POD_NAME', 'DATABASE_URL'].map((name) => [
      `k:{"name":"${name}"}`,
      fieldsOf(['.', 'f:name', 'f:value']),
    ]),
  ),
  'f:livenessProbe': probeFields,
  'f:readinessProbe': probeFields,
  'f:resources': { '.': {}, 'f:limits': fieldsOf(['.', 'f:memory']), 'f:requests': fieldsOf(['.', 'f:cpu', 'f:memory']) },
  'f:volumeMounts': Object.fromEntries(
    ['/etc/service', '/etc/ssl/service', '/tmp'].map((path) => [
      `k:{"mountPath":"${path}"}`,
      fieldsOf(['.', 'f:mountPath', 'f:name', 'f:readOnly']),
    ]),
  ),
};
/** Who set which fields, a third of what the API server sends of a pod. */
export function managedFields(stage: PodStage): object[] {
  const controller = byController();
  return stage === 'created' || stage === 'scheduled' ? [controller] : [controller, byKubelet()];
}

function byController(): object {
  return {
    manager: 'kube-controller-manager',
    operation: 'Update',
    apiVersion: 'v1',
    time: at(0),
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': {
        'f:annotations': fieldsOf(['.', 'f:checksum/config', 'f:prometheus.io/scrape', 'f:sidecar.istio.io/status']),
        'f:generateName': {},
        'f:labels': fieldsOf(['.', 'f:app', 'f:app.kubernetes.io/name', 'f:app.kubernetes.io/part-of', 'f:pod-template-hash', 'f:team']),
        'f:ownerReferences': { '.': {}, 'k:{"uid":"00000000-0000-4000-8000-000000000000"}': {} },
      },
      'f:spec': {
        'f:containers': Object.fromEntries(containerNames.map((name) => [`k:{"name":"${name}"}`, ofContainer])),
        ...fieldsOf([
          'f:dnsPolicy',
          'f:enableServiceLinks',
          'f:restartPolicy',
          'f:schedulerName',
          'f:securityContext',
          'f:serviceAccount',
          'f:terminationGracePeriodSeconds',
          'f:volumes',
        ]),
      },
    },
  };
}

function byKubelet(): object {
  return {
    manager: 'kubelet',
    operation: 'Update',
    apiVersion: 'v1',
    time: at(12),
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:status': {
        'f:conditions': Object.fromEntries(
          ['PodReadyToStartContainers', 'ContainersReady', 'Initialized', 'Ready'].map((type) => [
            `k:{"type":"${type}"}`,
            fieldsOf(['.', 'f:lastProbeTime', 'f:lastTransitionTime', 'f:observedGeneration', 'f:status', 'f:type']),
          ]),
        ),
        ...fieldsOf(['f:containerStatuses', 'f:hostIP', 'f:hostIPs', 'f:phase', 'f:podIP', 'f:startTime']),
        'f:podIPs': { '.': {}, 'k:{"ip":"10.0.0.1"}': fieldsOf(['.', 'f:ip']) },
      },
    },
    subresource: 'status',
  };
}
