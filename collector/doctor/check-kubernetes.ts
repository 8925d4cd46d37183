import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { object, word } from '../trim/read-field.ts';
import type { KubernetesApi } from '../watch/kubernetes-api.ts';
import { messageOf, parseJson, readText } from '../watch/read-body.ts';
import { checkClock } from './check-clock.ts';
import type { Check } from './check.ts';

const timeoutMs = 15_000;

/** Whether the API server answers and takes the credential, and whether its clock and this one agree. */
export async function checkKubernetes(api: KubernetesApi, clock: Clock): Promise<readonly Check[]> {
  try {
    const { status, body } = await api.get({ path: '/version', signal: new AbortController().signal, timeoutMs });
    const now = clock.now();
    const text = await readText(body, 65_536);
    if (status !== 200) return [{ name: 'kubernetes-api', ok: false, detail: refused(api, status, text) }];
    const version = word(object(parseJson(text)).gitVersion, 64) ?? 'of an unknown version';
    const skew = checkClock('kubernetes-clock', { date: body.headers.date, now });
    return [{ name: 'kubernetes-api', ok: true, detail: `${api.server} answers, ${version}` }, ...(skew === undefined ? [] : [skew])];
  } catch (error) {
    if (!(error instanceof MortemError)) throw error;
    return [{ name: 'kubernetes-api', ok: false, detail: `${error.message} Check the kubeconfig and the network.` }];
  }
}

function refused(api: KubernetesApi, status: number, text: string): string {
  return `${api.server} answered ${status}: ${messageOf(text) ?? 'without a message'}. Check the credential of the kubeconfig.`;
}
