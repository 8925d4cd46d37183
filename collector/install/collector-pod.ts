import type { V1Container, V1EnvVar, V1PodTemplateSpec, V1Volume } from '@kubernetes/client-node';
import { collectorName, credentialDirectory, labels, operationsPort, spoolDirectory } from './manifest-options.ts';
import type { Component, ManifestOptions } from './manifest-options.ts';

/** Which part of the cluster a pod takes: all of it, its own node, or what is on no node. */
export type Share = 'everything' | 'node' | 'unscheduled';

const serviceAccountFiles = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The pod of a collector, within the restricted Pod Security profile. */
export function collectorPod(options: ManifestOptions, share: Share): V1PodTemplateSpec {
  const component: Component = share === 'node' ? 'node-collector' : 'collector';
  return {
    metadata: { labels: labels(options.version, component) },
    spec: {
      serviceAccountName: collectorName,
      automountServiceAccountToken: false,
      // Logs on their way get ten seconds, the last batches the rest.
      terminationGracePeriodSeconds: 45,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      // A node in trouble is what is wanted to be seen.
      ...(share === 'node' && { tolerations: [{ operator: 'Exists' }] }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [container(options, share)],
      volumes: volumes(options),
    },
  };
}

function container(options: ManifestOptions, share: Share): V1Container {
  return {
    name: 'collector',
    image: options.image,
    args: argumentsOf(options, share),
    env: environment(options, share),
    ports: [{ name: 'metrics', containerPort: operationsPort, protocol: 'TCP' }],
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '384Mi' } },
    livenessProbe: { httpGet: { path: '/healthz', port: 'metrics' }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'metrics' }, periodSeconds: 10, timeoutSeconds: 5 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'spool', mountPath: spoolDirectory },
      { name: 'service-account', mountPath: serviceAccountFiles, readOnly: true },
      { name: 'credential', mountPath: credentialDirectory, readOnly: true },
    ],
  };
}

function argumentsOf({ server, cluster, watchNamespaces, logs, nodes, usage }: ManifestOptions, share: Share): string[] {
  return [
    'collect',
    `--server=${server ?? '$(MORTEM_SERVER)'}`,
    `--listen=:${operationsPort}`,
    `--spool=${spoolDirectory}`,
    ...(cluster === undefined ? [] : [`--cluster=${cluster}`]),
    ...watchNamespaces.map((namespace) => `--namespace=${namespace}`),
    ...(logs ? [] : ['--no-logs']),
    ...(nodes ? [] : ['--no-nodes']),
    ...(usage ? [] : ['--no-usage']),
    ...(share === 'node' ? ['--node=$(NODE_NAME)'] : []),
    ...(share === 'unscheduled' ? ['--unscheduled'] : []),
  ];
}

function environment(options: ManifestOptions, share: Share): V1EnvVar[] {
  const { server, secret } = options;
  return [
    ...(server === undefined ? [{ name: 'MORTEM_SERVER', valueFrom: { secretKeyRef: { name: secret, key: 'server' } } }] : []),
    // A file, which the kubelet renews: another key or token needs no restart, and is in no environment that a crash dump shows.
    { name: 'MORTEM_KEY_FILE', value: `${credentialDirectory}/${credentialFile(options)}` },
    ...(share === 'node' ? [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] : []),
    // Two thirds of the limit: the rest is for buffers and code.
    { name: 'NODE_OPTIONS', value: '--max-old-space-size=256' },
  ];
}

function credentialFile({ serverAudience }: ManifestOptions): string {
  return serverAudience === undefined ? 'key' : 'token';
}

function credentialVolume(options: ManifestOptions): V1Volume {
  const { serverAudience: audience, secret: secretName } = options;
  const path = credentialFile(options);
  const token = { serviceAccountToken: { path, audience: audience ?? '', expirationSeconds: 3600 } };
  return audience === undefined
    ? { name: 'credential', secret: { secretName, defaultMode: 0o440, items: [{ key: 'key', path }] } }
    : { name: 'credential', projected: { defaultMode: 0o440, sources: [token] } };
}

function volumes(options: ManifestOptions): V1Volume[] {
  const { tokenAudience } = options;
  const serviceAccountToken = { path: 'token', expirationSeconds: 3600, ...(tokenAudience !== undefined && { audience: tokenAudience }) };
  return [
    // The spool gives up lines at 1 GB; what the server refused lies beside it.
    { name: 'spool', emptyDir: { sizeLimit: '2Gi' } },
    {
      name: 'service-account',
      projected: {
        defaultMode: 0o440,
        sources: [{ serviceAccountToken }, { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
      },
    },
    credentialVolume(options),
  ];
}
