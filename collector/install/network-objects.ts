import type { V1NetworkPolicy, V1NetworkPolicyPort, V1ObjectMeta } from '@kubernetes/client-node';
import { collectorName, labels, operationsPort, type ManifestOptions } from './manifest-options.ts';

/** Of the Prometheus operator, whose types are its own. */
export interface PodMonitor {
  readonly apiVersion: 'monitoring.coreos.com/v1';
  readonly kind: 'PodMonitor';
  readonly metadata: V1ObjectMeta;
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podMetricsEndpoints: readonly { readonly port: string; readonly path: string; readonly interval: string }[];
  };
}

const everyCollector = { 'app.kubernetes.io/name': 'mortem', 'app.kubernetes.io/part-of': 'mortem' };
/** The API server as clusters offer it to their pods, and behind it. */
const apiServerPorts = [443, 6443];

/** Out: names, the API server, the mortem server. In: its metrics. A policy cannot name the API server, so it names ports. */
export function networkPolicy({ namespace, version, server }: ManifestOptions): V1NetworkPolicy {
  const tcp = (port: number): V1NetworkPolicyPort => ({ port, protocol: 'TCP' });
  const ports = new Set([...apiServerPorts, ...(server === undefined ? [] : [portOf(server)])]);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: collectorName, namespace, labels: labels(version) },
    spec: {
      podSelector: { matchLabels: everyCollector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [tcp(operationsPort)] }],
      egress: [{ ports: [{ port: 53, protocol: 'UDP' }, tcp(53)] }, { ports: [...ports].toSorted((a, b) => a - b).map(tcp) }],
    },
  };
}

function portOf(server: string): number {
  const { port, protocol } = new URL(server);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

export function podMonitor({ namespace, version }: ManifestOptions): PodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: collectorName, namespace, labels: labels(version) },
    spec: {
      selector: { matchLabels: everyCollector },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
    },
  };
}
