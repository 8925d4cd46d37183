import { probeKillSigns } from './probe-kill-signs.ts';
import { defineRule } from './rule.ts';

export const startupProbeFailed = defineRule({
  scope: 'pod',
  id: 'startup-probe-failed',
  title: 'The startup probe had the container killed',
  symptoms: ['StartupProbeFailed'],
  explains: ['crash-loop', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['probe spec', 'previous logs', 'declared ports', 'time from start to kill'],
  commonCauses: ['boot slower than the probe allows', 'wrong port or path'],
  productionRisk: 'container never becomes ready',
  advice: [
    'Check that the probe asks the port, path and scheme that the process listens on.',
    'Compare failureThreshold × period with how long the boot takes.',
    'Fix the probe or the boot in the owning workload.',
  ],
  match: (pod, workload) => probeKillSigns(pod, workload, 'startup'),
});
