import type { V1DaemonSet, V1Deployment, V1Namespace, V1NetworkPolicy } from '@kubernetes/client-node';
import { accessObjects, type AccessObject } from './access-objects.ts';
import { collectorWorkloads } from './collector-workloads.ts';
import { labels, type ManifestOptions } from './manifest-options.ts';
import { networkPolicy, podMonitor, type PodMonitor } from './network-objects.ts';

export type Manifest = V1Namespace | AccessObject | V1Deployment | V1DaemonSet | V1NetworkPolicy | PodMonitor;

/** Everything a collector needs in its cluster but its key, in the order in which it can be applied. */
export function buildManifests(options: ManifestOptions): readonly Manifest[] {
  return [
    namespaceObject(options),
    ...accessObjects(options),
    ...collectorWorkloads(options),
    ...(options.networkPolicy ? [networkPolicy(options)] : []),
    ...(options.podMonitor ? [podMonitor(options)] : []),
  ];
}

function namespaceObject({ namespace, version }: ManifestOptions): V1Namespace {
  const profile = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { ...labels(version), ...profile } } };
}
