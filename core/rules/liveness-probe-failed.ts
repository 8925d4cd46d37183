import { probeKillSigns } from './probe-kill-signs.ts';
import { defineRule } from './rule.ts';

export const livenessProbeFailed = defineRule({
  scope: 'pod',
  id: 'liveness-probe-failed',
  title: 'The liveness probe had the container killed',
  symptoms: ['LivenessProbeFailed'],
  explains: ['crash-loop', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['probe spec', 'previous logs', 'time from start to kill', 'CPU limit'],
  commonCauses: ['boot slower than the probe allows', 'wrong port or path', 'probe waits for a dependency', 'process blocked'],
  productionRisk: 'a healthy but slow process is killed again and again',
  advice: [
    'Compare initialDelay + failureThreshold × period with how long each attempt lived.',
    'Give a slow boot a startup probe instead of a longer liveness delay.',
    'Keep dependencies out of the liveness probe: restarting does not repair them.',
  ],
  match: (pod, workload) => probeKillSigns(pod, workload, 'liveness'),
});
