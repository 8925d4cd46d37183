import { containerNames, imageOf } from './synthetic-names.ts';

/** The template of a pod, which a ReplicaSet and a Deployment carry too. */
export function podSpec(app: string, tag: string, node?: string): object {
  return {
    volumes: [
      ...['config', 'certificates', 'scratch'].map((name) =>
        name === 'scratch' ? { name, emptyDir: {} } : { name, configMap: { name: `${app}-${name}`, defaultMode: 420 } },
      ),
      {
        name: 'kube-api-access-x7k2p',
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers: containerNames.map((name) => containerSpec(name, app, tag)),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: app,
    serviceAccount: app,
    ...(node !== undefined && { nodeName: node }),
    securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function containerSpec(name: string, app: string, tag: string): object {
  const probe = {
    httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
    timeoutSeconds: 2,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  return {
    name,
    image: imageOf(name, tag),
    command: ['/usr/local/bin/serve', `--name=${app}`],
    args: ['--log-format=json', '--listen=:8080', '--admin=:9090', '--shutdown-timeout=20s'],
    ports: [
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'admin', containerPort: 9090, protocol: 'TCP' },
    ],
    env: [
      ...['HTTP_PORT', 'LOG_LEVEL', 'REGION', 'CACHE_SIZE', 'FEATURE_FLAGS', 'UPSTREAM_TIMEOUT'].map((key) => ({
        name: key,
        value: `${key.toLowerCase()}-of-${app}`,
      })),
      { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: `${app}-database`, key: 'url' } } },
    ],
    resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    volumeMounts: [
      { name: 'config', readOnly: true, mountPath: '/etc/service' },
      { name: 'certificates', readOnly: true, mountPath: '/etc/ssl/service' },
      { name: 'scratch', mountPath: '/tmp' },
      { name: 'kube-api-access-x7k2p', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ],
    livenessProbe: { ...probe, initialDelaySeconds: 10 },
    readinessProbe: probe,
    lifecycle: { preStop: { exec: { command: ['/bin/sleep', '5'] } } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: { capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
  };
}
