/** kubectl's short names, so that a row can be pasted behind `kubectl describe`. */
const shortKinds: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  ReplicaSet: 'rs',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  CronJob: 'cronjob',
  Job: 'job',
  Pod: 'pod',
  Node: 'node',
};

export function objectName(kind: string, name: string): string {
  return `${shortKinds[kind] ?? kind.toLowerCase()}/${name}`;
}
