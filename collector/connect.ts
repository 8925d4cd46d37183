import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { MortemError } from '#core/errors.ts';
import { loadKubeconfig } from './load-kubeconfig.ts';

export interface ConnectOptions {
  /** A kubeconfig file; default: `KUBECONFIG`, then `~/.kube/config`, then the service account of the pod. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Where `KUBECONFIG` and `KUBERNETES_SERVICE_HOST` are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * How to reach a cluster; nothing is sent yet.
 *
 * @throws {MortemError} `usage` for a file or context that does not exist or cannot be read, `unreachable` when there is no cluster to talk to.
 */
export function connectToCluster({ kubeconfig, context, env }: ConnectOptions): KubeConfig {
  const files = kubeconfig === undefined ? defaultFiles(env) : [kubeconfig];
  const kubeConfig = files.length > 0 ? loadKubeconfig(files) : loadServiceAccount(env);
  if (context !== undefined) useContext(kubeConfig, context);
  requireServer(kubeConfig);
  return kubeConfig;
}

function defaultFiles(env: ConnectOptions['env']): string[] {
  const named = (env.KUBECONFIG ?? '').split(process.platform === 'win32' ? ';' : ':').filter((file) => file !== '');
  if (named.length > 0) return named;
  const home = join(env.HOME ?? homedir(), '.kube', 'config');
  return existsSync(home) ? [home] : [];
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** As the client's own loader does, which reads the environment of the process behind our back. The token file is read anew when it ages. */
function loadServiceAccount({ KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' }: ConnectOptions['env']): KubeConfig {
  if (host === undefined)
    throw new MortemError('unreachable', 'No cluster found. Give --kubeconfig FILE, set KUBECONFIG, or run inside a cluster.');
  const kubeConfig = new KubeConfig();
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const tokenFile = `${serviceAccount}/token`;
  kubeConfig.loadFromClusterAndUser(
    { name: 'in-cluster', server, caFile: `${serviceAccount}/ca.crt`, skipTLSVerify: false },
    { name: 'service-account', authProvider: { name: 'tokenFile', config: { tokenFile } } },
  );
  return kubeConfig;
}

function useContext(kubeConfig: KubeConfig, context: string): void {
  const names = kubeConfig.getContexts().map((known) => known.name);
  if (!names.includes(context)) {
    throw new MortemError('usage', `The kubeconfig has no context "${context}". It has: ${names.join(', ') || 'none'}.`);
  }
  kubeConfig.setCurrentContext(context);
}

function requireServer(kubeConfig: KubeConfig): void {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) {
    throw new MortemError('usage', 'The kubeconfig selects no cluster: set current-context in it, or give --context NAME.');
  }
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify) {
    const way = 'Use https, or set insecure-skip-tls-verify: true for a server that you trust, such as a local proxy.';
    throw new MortemError('usage', `The cluster's server ${cluster.server} is not encrypted. ${way}`);
  }
}
