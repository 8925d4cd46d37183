import { endedWell } from '../history/expected-end.ts';
import { decidingContainers, isUntouched } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { citePodReason } from './cite.ts';
import { wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const podFailed = defineRule({
  scope: 'pod',
  id: 'pod-failed',
  title: 'The pod failed, and no record says how',
  symptoms: ['Error'],
  explains: ['job-failed'],
  inspectFirst: ['pod status', 'events', 'node', 'audit log'],
  commonCauses: ['its status was written by another controller', 'its records were removed before they were read', 'its node was lost'],
  productionRisk: 'pod failed for good; only a controller makes another one',
  advice: [
    'Look for events of the pod and its node before they expire.',
    'Find out who wrote the status: the managed fields of the pod name the writer.',
  ],
  match: (pod) => (isBareFailure(pod) ? [failedSign(pod)] : []),
});

/** Failed without a reason, without a bad end of any container and without anybody having stopped it. */
function isBareFailure(pod: PodHistory): boolean {
  const { phase, reason = '' } = pod.latest;
  if (phase !== 'Failed' || reason !== '' || (pod.stop?.at ?? Infinity) <= (pod.terminalAt ?? 0)) return false;
  return decidingContainers(pod).every(({ attempts, status }) => {
    const ends = attempts.flatMap(({ end }) => end ?? []);
    return ends.every(({ terminated }) => endedWell(terminated)) && (ends.length > 0 || isUntouched(status));
  });
}

function failedSign(pod: PodHistory): Sign {
  const state = pod.states.find((item) => item.record.phase === 'Failed') ?? pod.states[0];
  if (state === undefined) throw new RangeError('a pod history without states');
  const said = pod.latest.message?.trim();
  return {
    symptom: 'Error',
    reason: 'Failed',
    phase: 'lost',
    cause: 'unexplained',
    basis: 'derived',
    summary: `The pod failed${said === undefined ? '; no record says how' : `: ${said}`}.`,
    ...wholePodPlace(pod),
    deaths: [],
    from: state.at,
    lastAt: state.at,
    until: state.at,
    opensAt: state.at,
    evidence: [citePodReason(state)],
    ...(said === undefined ? {} : { quote: said }),
  };
}
