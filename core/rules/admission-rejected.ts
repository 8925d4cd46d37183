import type { PodHistory, PodState } from '../history/pod-history.ts';
import { admissionCause } from './admission-cause.ts';
import { citeEvent, citePodReason } from './cite.ts';
import { wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const admissionRejected = defineRule({
  scope: 'pod',
  id: 'admission-rejected',
  title: 'The kubelet refused to run the pod',
  symptoms: ['AdmissionRejected'],
  explains: ['job-failed', 'stuck-terminating'],
  inspectFirst: ['status reason and message', 'node allocatable and labels', 'device plugins', 'who bound the pod'],
  commonCauses: [
    'the node filled up in between',
    'labels or taints of the node changed',
    'a device plugin was not ready',
    'a feature the node lacks',
  ],
  productionRisk: 'pod failed for good on this node; only a controller makes another one',
  advice: [
    'Read the reason: it names the check that failed on the node, after the scheduler had agreed.',
    'Compare requests, selectors and tolerations with the node as it is now.',
    'Delete pods without a controller and create them again: a refused pod never runs.',
  ],
  match: (pod) => {
    const state = pod.states.find(isRejected);
    return state === undefined ? [] : [rejectedSign(pod, state)];
  },
});

/** Reasons of a failed pod that have rules of their own, whether or not a container ever reported. */
const ownRules = new Set(['Evicted', 'Preempting', 'DeadlineExceeded', 'NodeLost', 'Terminated', 'Shutdown']);

/** A pod that failed with a reason before any of its containers was reported, or that says so itself. */
function isRejected({ record }: PodState): boolean {
  const { phase, reason = '', message = '', containers } = record;
  if (phase !== 'Failed' || reason === '' || ownRules.has(reason)) return false;
  const never = containers.every(
    ({ state, restartCount = 0 }) => restartCount === 0 && state?.running === undefined && state?.terminated === undefined,
  );
  return never || message.startsWith('Pod was rejected');
}

function rejectedSign(pod: PodHistory, state: PodState): Sign {
  const { reason = '', message = '' } = state.record;
  const { cause, phase } = admissionCause(reason, message);
  const text = message.replace(/^Pod was rejected:?\s*/, '').trim();
  const events = pod.events.filter((event) => event.record.reason === reason);
  return {
    symptom: 'AdmissionRejected',
    reason,
    phase,
    cause,
    basis: cause === 'unexplained' ? 'derived' : 'observed',
    summary: `The kubelet refused to run the pod (${reason})${text === '' ? '' : `: ${text}`}`,
    quote: [reason, text].filter((part) => part !== '').join(': '),
    ...wholePodPlace(pod),
    deaths: [],
    from: state.at,
    lastAt: state.at,
    until: state.at,
    opensAt: state.at,
    evidence: [citePodReason(state), ...events.map(citeEvent)],
  };
}
