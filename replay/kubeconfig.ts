/** JSON (thus YAML) text of a kubeconfig for a replayed API server. */
export function kubeconfigFor(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'replay',
    clusters: [{ name: 'replay', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'replay', user: {} }],
    contexts: [{ name: 'replay', context: { cluster: 'replay', user: 'replay' } }],
  });
}
