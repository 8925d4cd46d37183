import { causeWords } from '../causes/cause-meanings.ts';
import type { MatchedCause } from '../causes/first-match.ts';
import { imagePullCause, type ImagePullCause } from '../causes/image-pull-cause.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { toImage } from '../incident/image.ts';
import { defineRule } from './rule.ts';
import { readOnce } from './read-once.ts';
import { waitingSigns, type WaitingClass, type WaitingVerdict } from './waiting-signs.ts';

const pullReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'SignatureValidationFailed', 'ImageInspectError']);

const imagePull: WaitingClass = {
  symptom: 'ImagePullBackOff',
  phase: 'image-pull',
  isReason: (reason) => pullReasons.has(reason),
  isTry: (message) => message.startsWith('Failed to pull image') || message.startsWith('Failed to inspect image'),
  tryReasons: ['Failed', 'InspectFailed'],
  toldByEvents: true,
  judge: ({ texts, pod, stretch, workload }) => judgePull(texts, { pod, workload }, stretch.spans[0].status.image),
};

export const imagePullBackOff = defineRule({
  scope: 'pod',
  id: 'image-pull-back-off',
  title: 'The image could not be pulled',
  symptoms: ['ImagePullBackOff'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['events', 'image name', 'registry auth'],
  commonCauses: ['wrong tag', 'missing image', 'expired credentials', 'private registry access'],
  productionRisk: 'new rollout cannot start',
  advice: [
    'Check the image reference and the registry before anything in the application.',
    'See whether the pipeline pushes the image before it deploys it.',
    'Check the pull secrets that the owning workload and its service account name.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, imagePull),
});

const once = readOnce<MatchedCause<ImagePullCause> | undefined>();

interface Place {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
}

function judgePull(texts: readonly string[], { pod, workload }: Place, own: string): WaitingVerdict {
  const volume = imageVolumeIn(texts, pod, own);
  const ref = volume?.ref ?? own;
  const what = volume === undefined ? `Image ${ref}` : `Image ${ref} of volume ${volume.name}`;
  const image = volume === undefined ? {} : { image: toImage(ref) };
  for (const text of texts) {
    const found = once(workload, `${ref}\n${text}`, () => imagePullCause(text, ref));
    if (found === undefined) continue;
    const cause = namesMissingSecret(pod) && found.cause.startsWith('auth-') ? 'missing-pull-secret' : found.cause;
    return {
      cause,
      basis: 'observed',
      summary: `${what} could not be pulled: ${causeWords(cause) ?? found.matched}.`,
      quote: innermost(text),
      ...image,
    };
  }
  return { cause: 'unexplained', basis: 'derived', summary: `${what} could not be pulled; no record says why.`, ...image };
}

/** The image of a volume fails on every container that mounts it, under the container's own reason: only the text tells. */
function imageVolumeIn(
  texts: readonly string[],
  pod: PodHistory,
  own: string,
): { readonly name: string; readonly ref: string } | undefined {
  const images = (pod.latest.volumes ?? []).flatMap(({ name, source, ref }) =>
    source === 'image' && ref !== undefined ? [{ name, ref }] : [],
  );
  if (images.length === 0 || texts.some((text) => text.includes(`"${own}"`))) return undefined;
  return images.find(({ ref }) => texts.some((text) => text.includes(`"${ref}"`)));
}

/** Runtimes wrap the error once for each layer; the last `failed to …` is the layer that met the registry. */
function innermost(text: string): string {
  const last = text.lastIndexOf('failed to ');
  return last === -1 ? text : text.slice(last);
}

function namesMissingSecret(pod: PodHistory): boolean {
  return pod.events.some((event) => event.record.reason === 'FailedToRetrieveImagePullSecret');
}
