import type { ContainerMoment } from './container-moment.ts';

/** Whose log an answer would be, or the words with which the API refuses. */
export type ServedInstance = { readonly kind: 'instance'; readonly id: string } | { readonly kind: 'refused'; readonly message: string };

const waitingWords: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/** The choice the kubelet makes before it opens a file; a waiting container that died before answers with its last instance. */
export function servedInstance(
  target: { readonly pod: string; readonly container: string; readonly previous: boolean },
  moment: ContainerMoment | undefined,
): ServedInstance {
  const name = `container "${target.container}" in pod "${target.pod}"`;
  if (moment === undefined) return refused(`${name} is not available`);
  if (target.previous) return moment.lastId === undefined ? refused(`previous terminated ${name} not found`) : instance(moment.lastId);
  if (moment.state === 'running') return moment.currentId === undefined ? refused(`${name} is not available`) : instance(moment.currentId);
  if (moment.state === 'terminated') {
    const id = moment.terminatedId ?? moment.lastId;
    return id === undefined ? refused(`${name} is terminated`) : instance(id);
  }
  if (moment.lastTerminated) return moment.lastId === undefined ? refused(`${name} is terminated`) : instance(moment.lastId);
  return refused(`${name} is waiting to start: ${waitingWords[moment.reason] ?? moment.reason}`);
}

function instance(id: string): ServedInstance {
  return { kind: 'instance', id };
}

function refused(message: string): ServedInstance {
  return { kind: 'refused', message };
}
