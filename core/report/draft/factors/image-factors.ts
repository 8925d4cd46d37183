import { words, type Inline } from '../../inline.ts';
import { tagUses } from '../../moved-tags.ts';
import type { DraftInput } from '../draft-input.ts';
import { sources, told } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';
import type { Factor, Remedy } from './factor.ts';

/** What a reference by tag left open: whether it exists, and what it means. */
export function imageFactors(input: DraftInput): readonly Factor[] {
  const moved = movedTags(input);
  return [...moved, ...(moved.length > 0 ? [] : unpinned(input))];
}

/** One reference that meant two artefacts. */
function movedTags(input: DraftInput): readonly Factor[] {
  return tagUses(input.built.workload).flatMap(({ ref, digests }) =>
    digests.size < 2
      ? []
      : [
          {
            what: [
              words('The tag moved: '),
              told(ref),
              words(` meant ${digests.size} different digests`),
              ...sources([...digests.values()]),
              words('.'),
            ],
            remedy: pinRemedy(input),
          },
        ],
  );
}

function unpinned(input: DraftInput): readonly Factor[] {
  const failed = input.chapters.find(({ built: { chapter } }) => chapter.symptom === 'ImagePullBackOff');
  const rolledBack = input.built.incident.mitigation.kind === 'rollback';
  const facts =
    failed ??
    input.chapters.find(({ spec }) => spec !== undefined && floats(spec.status.image)) ??
    (rolledBack ? input.chapters.at(-1) : undefined);
  if (facts?.spec === undefined || facts.spec.status.image.includes('@')) return [];
  const { image, imagePullPolicy } = facts.spec.status;
  const policy: readonly Inline[] = imagePullPolicy === undefined ? [] : [words(', pull policy '), told(imagePullPolicy, 40)];
  const consequence =
    failed === undefined
      ? 'a tag can be pushed again, and only the digest in the pod status says what ran'
      : 'whether it exists showed only when a node pulled it';
  return [
    {
      what: [
        words('The image is named by tag, not by digest ('),
        told(image),
        ...policy,
        words(`): ${consequence}`),
        ...sources([facts.spec.evidence]),
        words('.'),
      ],
      ...(failed?.built.chapter.cause === 'not-found' ? { remedy: pinRemedy(input) } : {}),
    },
  ];
}

/** No tag, or the one that everybody moves. */
function floats(ref: string): boolean {
  const last = ref.slice(ref.lastIndexOf('/') + 1);
  return !last.includes(':') || last.endsWith(':latest');
}

function pinRemedy({ built }: DraftInput): Remedy {
  return {
    key: 'pin-digest',
    type: 'prevent',
    action: [
      words('Refuse a rollout of '),
      ...workloadWords(built.incident.workload),
      words(' whose image does not resolve to a digest, and deploy that digest'),
    ],
  };
}
