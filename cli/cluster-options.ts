import type { KubeConfig } from '@kubernetes/client-node';
import type { Command } from 'commander';

/** Which cluster and what of it, as kubectl names it. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: readonly string[];
  readonly cluster?: string;
}

export function withClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'kubeconfig (default: KUBECONFIG, ~/.kube/config, or the service account of the pod)')
    .option('--context <name>', 'context of the kubeconfig')
    .option('-n, --namespace <name...>', 'only these namespaces (default: the whole cluster)')
    .option('--cluster <name>', 'name under which the cluster is stored (default: the name of its context)');
}

/** A context may be called anything, `arn:…:cluster/prod` too; a cluster's name goes into paths and URLs. */
export function clusterNameOf({ cluster }: ClusterOptions, kubeConfig: KubeConfig): string {
  const name = (cluster ?? kubeConfig.getCurrentContext())
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return name === '' ? 'cluster' : name.slice(0, 63).replace(/[^a-z0-9]+$/, '');
}
