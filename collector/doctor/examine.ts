import type { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '#core/ports.ts';
import { chooseAccess, toPolicyRules, type AccessChoice, type PolicyRule } from '../install/choose-access.ts';
import { createKubernetesApi } from '../watch/kubernetes-api.ts';
import { checkKubernetes } from './check-kubernetes.ts';
import { checkServer, type ServerToCheck } from './check-server.ts';
import { checkSpool } from './check-spool.ts';
import { checkUsage } from './check-usage.ts';
import type { Check } from './check.ts';
import { createPostJson } from './post-json.ts';
import { reviewAccess, type ReviewedAccess } from './review-access.ts';

export interface Examination extends AccessChoice {
  readonly kubeConfig: KubeConfig;
  readonly clock: Clock;
  readonly version: string;
  /** Undefined: not examined. */
  readonly server?: Omit<ServerToCheck, 'clock'>;
  readonly spoolDir?: string;
}

export interface Diagnosis {
  /** Everything is there and allowed. */
  readonly healthy: boolean;
  readonly checks: readonly Check[];
  /** Empty when the API server cannot be asked. */
  readonly access: readonly ReviewedAccess[];
  /** The least rights for what was chosen. */
  readonly rules: readonly PolicyRule[];
}

/** What a collector with these options would meet; changes nothing in the cluster or on the server. */
export async function examine({ kubeConfig, clock, version, server, spoolDir, ...choice }: Examination): Promise<Diagnosis> {
  const api = createKubernetesApi({ kubeConfig, clock, userAgent: `mortem-doctor/${version}` });
  const kubernetes = await checkKubernetes(api, clock);
  const answers = kubernetes.some(({ name, ok }) => name === 'kubernetes-api' && ok);
  const usage = answers && choice.usage ? await checkUsage(api) : undefined;
  // A right to what is not there is nobody's loss.
  const asked = chooseAccess({ ...choice, usage: usage?.offered === true });
  const access = answers ? await reviewAccess(createPostJson({ kubeConfig, clock }), asked, choice.watchNamespaces) : [];
  const checks = [
    ...kubernetes,
    ...(usage === undefined ? [] : [usage.check]),
    ...(server === undefined ? [] : await checkServer({ ...server, clock })),
    ...(spoolDir === undefined ? [] : [await checkSpool(spoolDir)]),
  ];
  const healthy = checks.every(({ ok }) => ok) && access.every(({ answer }) => answer.kind === 'allowed');
  return { healthy, checks, access, rules: toPolicyRules(chooseAccess(choice)) };
}
