import { exitSigns } from './exit-signs.ts';
import { defineRule } from './rule.ts';

export const crashLoop = defineRule({
  scope: 'pod',
  id: 'crash-loop',
  title: 'The container exited on its own',
  symptoms: ['CrashLoopBackOff', 'Error'],
  explains: ['readiness-probe-failed'],
  inspectFirst: ['previous logs', 'exit code', 'env', 'config', 'probes'],
  commonCauses: ['app exits', 'failed boot', 'missing config', 'bad migration', 'failing liveness probe'],
  productionRisk: 'repeated restarts, unstable service',
  advice: [
    'Read the exit reason and the previous log of the first death before looking at probes.',
    'Compare env and config of the owning workload with the last revision that ran.',
    'Fix the workload or its configuration; deleting the pod only repeats the attempt.',
  ],
  match: exitSigns,
});
