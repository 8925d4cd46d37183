import type { Rollout } from '../../incident/incident.ts';
import { between, describeDuration, describeOffset } from '../../time/duration.ts';
import type { Block, Cell } from '../block.ts';
import { heading, paragraph, table } from '../block.ts';
import { quote, strong, words, type Inline } from '../inline.ts';
import { cite, clock, type TimelineInput } from './document.ts';
import { describeTag, shortDigest } from './describe-image.ts';

/** Every revision around the incident: what it was called, what it really was, how long it lived, what became of it. */
export function imagesSection(input: TimelineInput): readonly Block[] {
  const { rollouts, workload } = input.built;
  if (rollouts.length === 0) return [];
  const several = rollouts.some((rollout) => rollout.images.length > 1);
  const header = [
    'Revision',
    ...(several ? ['Container'] : []),
    'Tag',
    'Digest',
    'Kind',
    'Rolled out',
    'Lived',
    'First failure after',
    'Evidence',
  ];
  const rows = rollouts.flatMap((rollout, index) =>
    rollout.images.map((image) => toRow(input, { rollout, image, next: rollouts[index + 1], several })),
  );
  return [
    heading(2, words('Images')),
    table(header, rows),
    ...movedTags(rollouts),
    ...(workload.top === undefined ? [paragraph(words('The controller itself was not seen; revisions are those of its pods.'))] : []),
  ];
}

interface ImageRow {
  readonly rollout: Rollout;
  readonly image: Rollout['images'][number];
  readonly next: Rollout | undefined;
  readonly several: boolean;
}

function toRow(input: TimelineInput, { rollout, image, next, several }: ImageRow): readonly Cell[] {
  const { group, workload } = input.built;
  const at = Date.parse(rollout.at);
  const lived = next === undefined ? 'still wanted' : describeDuration(between(at, Date.parse(next.at)));
  const failure = group.signs.find(
    (sign) =>
      (sign.container === undefined || sign.container.name === image.container) &&
      sign.from >= at - 1000 &&
      revisionOf(input, sign.podUid) === rollout.revisionHash &&
      sign.from < (next === undefined ? Infinity : Date.parse(next.at)),
  );
  const kind: readonly Inline[] =
    rollout.kind === 'rollback'
      ? [strong(words('rollback')), ...(rollout.of === undefined ? [] : [words(' to revision '), quote(rollout.of)])]
      : [words(rollout.kind)];
  const failed: Cell =
    failure === undefined
      ? [words(`none in ${describeDuration((next === undefined ? workload.now : Date.parse(next.at)) - at)}`)]
      : [words(`${describeDuration(between(at, failure.from))}, `), quote(failure.symptom)];
  return [
    [quote(rollout.revision ?? rollout.revisionHash ?? '?')],
    ...(several ? [[quote(image.container)]] : []),
    describeTag(image),
    image.digest === undefined ? [words('never pulled')] : [quote(shortDigest(image.digest))],
    kind,
    [words(`${clock(at, group.onsetAt)} (${describeOffset(between(group.onsetAt, at))})`)],
    [words(lived)],
    failed,
    cite([rollout.evidence]),
  ];
}

function revisionOf(input: TimelineInput, podUid: string | undefined): string | undefined {
  return input.built.workload.pods.find((pod) => pod.uid === podUid)?.latest.revisionHash;
}

function movedTags(rollouts: readonly Rollout[]): readonly Block[] {
  const images = rollouts.flatMap((rollout) => rollout.images).filter((image) => image.digest !== undefined);
  const moved = [...Map.groupBy(images, (image) => image.ref)].filter(([, same]) => new Set(same.map((image) => image.digest)).size > 1);
  return moved.map(([ref, same]) =>
    paragraph(
      strong(words('The tag moved: ')),
      quote(ref),
      words(` meant ${new Set(same.map((image) => image.digest)).size} different digests.`),
    ),
  );
}
