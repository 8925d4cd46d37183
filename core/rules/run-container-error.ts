import { containerConfigCause } from '../causes/container-config-cause.ts';
import { startFailureCause } from '../causes/start-failure-cause.ts';
import { defineRule } from './rule.ts';
import { startSigns, type StartClass } from './start-signs.ts';

/** What the runtimes write when the process never ran: containerd, and dockershim or cri-dockerd. */
const startErrors = new Set(['StartError', 'ContainerCannotRun']);
const waitingReasons = new Set(['RunContainerError', 'PreStartHookError']);

const failedStart: StartClass = {
  symptom: 'RunContainerError',
  phase: 'container-start',
  isReason: (reason) => waitingReasons.has(reason),
  isFailedStart: (_pod, _container, death) => startErrors.has(death.end.terminated.reason ?? ''),
  judge: (name, texts) => {
    // Before Kubernetes 1.6 a missing ConfigMap or Secret was reported here, too.
    const found = texts.map((text) => startFailureCause(text) ?? containerConfigCause(text)).find((verdict) => verdict !== undefined);
    const said = found?.matched ?? texts[0];
    return {
      cause: found?.cause ?? 'unexplained',
      basis: found === undefined ? 'derived' : 'observed',
      summary: `Container ${name} could not be started: ${said ?? 'no record says why'}.`,
      ...(said === undefined ? {} : { quote: said }),
    };
  },
};

export const runContainerError = defineRule({
  scope: 'pod',
  id: 'run-container-error',
  title: 'The runtime could not start the process of the container',
  symptoms: ['RunContainerError'],
  explains: ['crash-loop', 'deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['events', 'command and args', 'mounts', 'node'],
  commonCauses: ['executable not in the image', 'not executable', 'wrong architecture', 'a directory mounted over a file'],
  productionRisk: 'container never starts',
  advice: [
    'Compare command and args of the owning workload with what the image contains; no application log can exist.',
    'Check mounts that hide the executable, and the working directory.',
    'Fix the command or the image in the owning workload.',
  ],
  match: (pod, workload) => startSigns(pod, workload, failedStart),
});
