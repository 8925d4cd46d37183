import { MortemError } from '#core/errors.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { readRefusal } from './read-body.ts';

/**
 * Asks the API server for its version, so that a wrong address or a wrong credential is told at the start.
 *
 * @throws {MortemError} `unreachable` when no answer comes, `unauthorized` when the credential is refused
 */
export async function checkReachable(api: KubernetesApi, signal: AbortSignal): Promise<void> {
  const response = await api.get({ path: '/version', signal, timeoutMs: 15_000 });
  if (response.status !== 401) {
    response.body.resume();
    return;
  }
  const { message } = await readRefusal(response);
  throw new MortemError(
    'unauthorized',
    `The Kubernetes API at ${api.server} refuses the credential: ${message}. Check the kubeconfig's user.`,
  );
}
