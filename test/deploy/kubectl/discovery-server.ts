import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** Kinds of the manifests by group version, as discovery names them; those with a star belong to no namespace. */
const known: Readonly<Record<string, readonly string[]>> = {
  v1: ['namespaces Namespace *', 'serviceaccounts ServiceAccount'],
  'apps/v1': ['deployments Deployment', 'daemonsets DaemonSet'],
  'rbac.authorization.k8s.io/v1': [
    'clusterroles ClusterRole *',
    'clusterrolebindings ClusterRoleBinding *',
    'roles Role',
    'rolebindings RoleBinding',
  ],
  'networking.k8s.io/v1': ['networkpolicies NetworkPolicy'],
  'monitoring.coreos.com/v1': ['podmonitors PodMonitor'],
};
const verbs = ['create', 'get', 'patch'];

/** An empty API server as far as `kubectl apply --dry-run=client` asks one: what kinds there are, and that no object is there yet. */
export async function startDiscoveryServer(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://discovery');
    answer(pathname, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

function answer(path: string, response: ServerResponse): void {
  const json = (status: number, body: object): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (path === '/api') return json(200, { kind: 'APIVersions', versions: ['v1'] });
  if (path === '/apis') return json(200, { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() });
  const kinds = known[path.replace(/^\/apis?\//, '')];
  if (kinds !== undefined)
    return json(200, {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: path.replace(/^\/apis?\//, ''),
      resources: kinds.map(resource),
    });
  json(404, { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', message: 'not found', code: 404 });
}

function groups(): object[] {
  return Object.keys(known).flatMap((groupVersion) => {
    const [name, version] = groupVersion.split('/');
    if (version === undefined) return [];
    const preferred = { groupVersion, version };
    return [{ name, versions: [preferred], preferredVersion: preferred }];
  });
}

function resource(row: string): object {
  const [name = '', kind = '', star] = row.split(' ');
  return { name, singularName: kind.toLowerCase(), kind, namespaced: star === undefined, verbs };
}
