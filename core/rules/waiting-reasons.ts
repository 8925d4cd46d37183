/** What a container waits for while nothing is known to be wrong. */
const harmless = new Set(['', 'ContainerCreating', 'PodInitializing', 'RestartingAllContainers']);

/** Waiting reasons that rules of their own read. */
const read = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'PreCreateHookError',
  'PreStartHookError',
  'RegistryUnavailable',
  'RunContainerError',
  'SignatureValidationFailed',
]);

/** The kubelet prints whatever error it met as the reason, so there are always reasons that nobody has seen before. */
export function isUnknownReason(reason: string): boolean {
  return !harmless.has(reason) && !read.has(reason) && !reason.startsWith('PostStartHookError');
}
