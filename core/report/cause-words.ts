/** What a cause code means, in a few words for a row. Codes without an entry are shown alone. */
const meanings: Readonly<Record<string, string>> = {
  'not-found': 'the registry does not have it',
  'auth-denied': 'the registry refused the credentials, or none were given',
  'auth-or-missing-repo': 'no access, or no such repository: the registry hides which',
  'missing-pull-secret': 'a pull secret named by the pod does not exist',
  'registry-unreachable': 'the registry could not be reached',
  'missing-secret': 'a Secret does not exist',
  'missing-configmap': 'a ConfigMap does not exist',
  'missing-key': 'a key is missing in a Secret or ConfigMap',
  'oom-container-limit': 'the memory limit of the container was reached',
  'oom-child': 'a child process was killed for memory',
  'oom-node': 'the node ran out of memory',
  'missing-config': 'the process misses a setting',
  'missing-file': 'a file that the process needs is not there',
  'slow-boot': 'killed before it ever listened',
  'probe-unhealthy': 'it answered the probe, badly',
  'probe-timeout': 'it did not answer the probe in time',
  'command-not-found': 'the command does not exist in the image',
  'exits-normally': 'it ended with 0 although it is restarted always',
  'unknown-app-exit': 'no record shows why it ended',
  unexplained: 'no record shows why',
  'node-selector': 'no node matches the selector or affinity',
  'insufficient-cpu': 'no node has enough free CPU',
  'insufficient-memory': 'no node has enough free memory',
};

export function causeWords(cause: string): string {
  return meanings[cause] ?? cause.replaceAll('-', ' ');
}
