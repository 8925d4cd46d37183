import { createUsageApi } from '../usage/usage-api.ts';
import type { KubernetesApi } from '../watch/kubernetes-api.ts';
import type { Check } from './check.ts';

/** Whether the cluster offers memory samples. One that does not is no fault of its collector: it is said, and nothing is asked for. */
export async function checkUsage(api: KubernetesApi): Promise<{ readonly offered: boolean; readonly check: Check }> {
  const answer = await createUsageApi({ api, signal: new AbortController().signal }).offered();
  if (answer.kind === 'answered') return { offered: true, check: { name: 'metrics-api', ok: true, detail: 'metrics.k8s.io is offered' } };
  if (answer.kind === 'refused') {
    const detail = `metrics.k8s.io is not offered (${answer.refusal.message}): memory before a kill will not be known. metrics-server brings it.`;
    return { offered: false, check: { name: 'metrics-api', ok: true, detail } };
  }
  const detail = `metrics.k8s.io fails: ${answer.reason}. Look at metrics-server, or leave memory samples out with --no-usage.`;
  return { offered: true, check: { name: 'metrics-api', ok: false, detail } };
}
