import { attemptKey, type ContainerHistory } from '../history/container-history.ts';
import { fallsInto } from '../history/kill-record.ts';
import type { Death } from '../history/container-history.ts';
import { eventsOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { second } from '../time/instant.ts';
import { defineRule } from './rule.ts';
import { startSigns, type StartClass } from './start-signs.ts';

const hook: StartClass = {
  symptom: 'PostStartHookError',
  phase: 'container-start',
  isReason: isHookReason,
  isFailedStart: endedByHook,
  events: (pod, container) => eventsOf(pod, container.name, 'FailedPostStartHook'),
  judge: (name, texts) => {
    const [said] = texts;
    return {
      cause: 'post-start-hook',
      basis: 'observed',
      summary: `The postStart hook of container ${name} failed, so the kubelet killed it${said === undefined ? '' : `: ${said.trim()}`}.`,
      ...(said === undefined ? {} : { quote: said.trim() }),
    };
  },
};

export const postStartHookError = defineRule({
  scope: 'pod',
  id: 'post-start-hook-error',
  title: 'The postStart hook failed and had the container killed',
  symptoms: ['PostStartHookError'],
  explains: ['crash-loop', 'deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['the hook in the container spec', 'waiting message', 'events', 'previous logs'],
  commonCauses: ['the hook needs something that is not up yet', 'its command is not in the image', 'it runs before the process listens'],
  productionRisk: 'a process that may be healthy is killed at every start',
  advice: [
    'Read the waiting message: the event carries no detail of what the hook printed.',
    'A hook runs beside the entrypoint, without any order between the two: let it wait for what it needs.',
    'Move the step into an init container or the entrypoint of the owning workload.',
  ],
  match: (pod, workload) => startSigns(pod, workload, hook),
});

/** Old kubelets put the hook's output behind the reason. */
function isHookReason(reason: string): boolean {
  return reason.startsWith('PostStartHookError');
}

/** The kubelet killed this attempt for its hook: by an event in its life, or because the next waiting says so. */
function endedByHook(pod: PodHistory, container: ContainerHistory, death: Death): boolean {
  const killed = pod.kills.some(
    ({ event, killing }) =>
      killing.why === 'post-start-hook' && (event.container ?? container.name) === container.name && fallsInto(event, death, 2 * second),
  );
  if (killed || eventsOf(pod, container.name, 'FailedPostStartHook').some((event) => fallsInto(event, death, 2 * second))) return true;
  return container.spans.some(({ reason = '', status }) => {
    const end = status.lastState?.terminated;
    return isHookReason(reason) && end !== undefined && attemptKey(end) === death.key;
  });
}
