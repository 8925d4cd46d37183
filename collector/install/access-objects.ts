import type { V1ClusterRole, V1ClusterRoleBinding, V1Role, V1RoleBinding, V1ServiceAccount } from '@kubernetes/client-node';
import { chooseAccess, toPolicyRules } from './choose-access.ts';
import { collectorName, labels, type ManifestOptions } from './manifest-options.ts';

export type AccessObject = V1ServiceAccount | V1ClusterRole | V1ClusterRoleBinding | V1Role | V1RoleBinding;

const rbac = 'rbac.authorization.k8s.io';

/** Who the collector is and what it may read: one ClusterRole, or a Role in each of the namespaces it watches. */
export function accessObjects(options: ManifestOptions): AccessObject[] {
  const { namespace, version, watchNamespaces } = options;
  const account: V1ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: collectorName, namespace, labels: labels(version) },
    // The pod mounts a token of its own, with an audience and an end.
    automountServiceAccountToken: false,
  };
  return [account, ...(watchNamespaces.length === 0 ? clusterWide(options) : watchNamespaces.flatMap((one) => inNamespace(options, one)))];
}

function clusterWide(options: ManifestOptions): AccessObject[] {
  const metadata = { name: collectorName, labels: labels(options.version) };
  const role: V1ClusterRole = {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata,
    rules: toPolicyRules(chooseAccess(options)),
  };
  const binding: V1ClusterRoleBinding = {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: collectorName },
    subjects: [{ kind: 'ServiceAccount', name: collectorName, namespace: options.namespace }],
  };
  return [role, binding];
}

function inNamespace(options: ManifestOptions, watched: string): AccessObject[] {
  const metadata = { name: collectorName, namespace: watched, labels: labels(options.version) };
  const role: V1Role = { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: toPolicyRules(chooseAccess(options)) };
  const binding: V1RoleBinding = {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: rbac, kind: 'Role', name: collectorName },
    subjects: [{ kind: 'ServiceAccount', name: collectorName, namespace: options.namespace }],
  };
  return [role, binding];
}
