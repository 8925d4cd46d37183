import type { V1DaemonSet, V1Deployment } from '@kubernetes/client-node';
import { collectorPod, type Share } from './collector-pod.ts';
import { collectorName, labels, selectorLabels, type ManifestOptions } from './manifest-options.ts';

/** One replica for everything; in node mode one pod a node for its pods, and one replica for what is on no node. */
export function collectorWorkloads(options: ManifestOptions): (V1Deployment | V1DaemonSet)[] {
  return options.nodeMode ? [deployment(options, 'unscheduled'), daemonSet(options)] : [deployment(options, 'everything')];
}

function deployment(options: ManifestOptions, share: Share): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: collectorName, namespace: options.namespace, labels: labels(options.version) },
    spec: {
      replicas: 1,
      // Two at once are harmless, but only cost: what is told twice is stored once.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels('collector') },
      template: collectorPod(options, share),
    },
  };
}

function daemonSet(options: ManifestOptions): V1DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: `${collectorName}-node`, namespace: options.namespace, labels: labels(options.version, 'node-collector') },
    spec: {
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: selectorLabels('node-collector') },
      template: collectorPod(options, 'node'),
    },
  };
}
