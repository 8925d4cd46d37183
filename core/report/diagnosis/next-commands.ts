import type { DiagnosedFinding } from '../../diagnosis/diagnosis.ts';
import { shellWord } from '../draft/shell-word.ts';
import { objectName } from '../object-name.ts';

/** What to run next for a finding, with its real names; each command once. */
export function nextCommands({ namespace, pod, container, workload, exitCode, evidence }: DiagnosedFinding): readonly string[] {
  const inNamespace = `-n ${shellWord(namespace)}`;
  const owner = shellWord(objectName(workload.kind, workload.name));
  const describeOwner = `kubectl describe ${owner} ${inNamespace}`;
  if (pod === undefined) return [describeOwner];
  // A container that never ran has no log, and `--previous` is the attempt before the one that is dead now.
  const previous = evidence.some((item) => item.path.includes('/lastState/')) ? ' --previous' : '';
  const logs =
    container === undefined || exitCode === undefined
      ? []
      : [`kubectl logs ${shellWord(pod)} ${inNamespace} -c ${shellWord(container)}${previous}`];
  const ofOwner = workload.kind === 'Deployment' ? `kubectl rollout history ${owner} ${inNamespace}` : describeOwner;
  return [`kubectl describe pod ${shellWord(pod)} ${inNamespace}`, ...logs, ...(workload.kind === 'Pod' ? [] : [ofOwner])];
}
