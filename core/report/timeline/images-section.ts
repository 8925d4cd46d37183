import type { Rollout } from '../../incident/incident.ts';
import { between, describeDuration, describeOffset } from '../../time/duration.ts';
import { earliest, latest, wholeSecond } from '../../time/instant.ts';
import type { Block, Cell } from '../block.ts';
import { bullets, heading, paragraph, table } from '../block.ts';
import { join, quote, strong, words, type Inline } from '../inline.ts';
import { tagUses } from '../moved-tags.ts';
import { plural } from './at-a-glance.ts';
import { cite, clock, type TimelineInput } from './document.ts';
import { describeTag, shortDigest } from './describe-image.ts';

/** More revisions than these are another story. */
const maxRevisions = 10;

/** The revisions around the incident: what it was called, what it really was, how long it lived, what became of it. */
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
    'Wanted for',
    'Ran, UTC',
    'First failure after',
    'Evidence',
  ];
  const first = firstShown(input);
  const shown = rollouts.slice(first, first + maxRevisions);
  const rows = shown.flatMap((rollout, index) =>
    rollout.images.map((image) => toRow(input, { rollout, image, next: rollouts[first + index + 1], several })),
  );
  const left = rollouts.length - shown.length;
  return [
    heading(2, words('Images')),
    table(header, rows),
    ...(left === 0
      ? []
      : [paragraph(words(`${plural(left, 'other revision')} of this workload on record: mortem get rollouts lists them.`))]),
    paragraph(...tagNote(input)),
    ...inFull(shown),
    ...(workload.top === undefined ? [paragraph(words('The controller itself was not seen; revisions are those of its pods.'))] : []),
  ];
}

/** The revision in force at the onset, what came before it, and what followed. */
function firstShown({ built: { rollouts, group } }: TimelineInput): number {
  const inForce = rollouts.findLastIndex((rollout) => Date.parse(rollout.at) <= group.onsetAt);
  return Math.max(0, Math.min(inForce - 1, rollouts.length - maxRevisions));
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
  const ran = ranFromTo(input, rollout, image.container);
  const failed: Cell =
    failure === undefined
      ? ran === undefined
        ? []
        : [words(`none in ${describeDuration((next === undefined ? workload.now : Date.parse(next.at)) - at)}`)]
      : [words(`${describeDuration(between(at, failure.from))}, `), quote(failure.symptom)];
  return [
    rollout.revision === undefined && rollout.revisionHash === undefined
      ? [words('none')]
      : [quote(rollout.revision ?? rollout.revisionHash ?? '')],
    ...(several ? [[quote(image.container)]] : []),
    describeTag(image),
    image.digest === undefined ? [words('none on record')] : [quote(shortDigest(image.digest))],
    kind,
    [words(`${clock(at, group.onsetAt)} (${describeOffset(between(group.onsetAt, at))})`)],
    [words(wantedFor(input, at, next))],
    ran === undefined ? [words('never')] : [words(ran)],
    failed,
    cite([rollout.evidence]),
  ];
}

function wantedFor({ built: { group } }: TimelineInput, at: number, next: Rollout | undefined): string {
  if (next !== undefined) return describeDuration(between(at, Date.parse(next.at)));
  return group.endedAt === undefined ? 'still wanted' : `${describeDuration(between(at, group.endedAt))}, to its end`;
}

function revisionOf(input: TimelineInput, podUid: string | undefined): string | undefined {
  return input.built.workload.podsByUid.get(podUid ?? '')?.latest.revisionHash;
}

/** From the first start of the container in a pod of this revision to the last end of one. */
function ranFromTo({ built: { workload, group, rollouts } }: TimelineInput, rollout: Rollout, container: string): string | undefined {
  const at = Date.parse(rollout.at);
  // A rollback brings the same template back under another revision: its pods are those made from then on.
  const again = rollouts.find((other) => other.revisionHash === rollout.revisionHash && Date.parse(other.at) > at);
  const until = again === undefined ? Infinity : wholeSecond(Date.parse(again.at));
  const attempts = workload.pods
    .filter((pod) => pod.latest.revisionHash === rollout.revisionHash && pod.createdAt >= wholeSecond(at) && pod.createdAt < until)
    .flatMap((pod) => pod.containers.filter(({ name }) => name === container))
    .flatMap((item) => item.attempts)
    .filter(({ startedAt }) => startedAt !== undefined);
  const first = earliest(...attempts.map(({ startedAt }) => startedAt));
  if (first === undefined) return undefined;
  const last = attempts.some(({ end }) => end === undefined) ? undefined : latest(...attempts.map(({ end }) => end?.finishedAt));
  return `${clock(first, group.onsetAt)} – ${last === undefined ? 'still' : clock(last, group.onsetAt)}`;
}

/** The digests of the table uncut, to be pulled or compared elsewhere. */
function inFull(shown: readonly Rollout[]): readonly Block[] {
  const images = shown.flatMap((rollout) => rollout.images);
  const pinned = new Map(
    images.flatMap(({ ref, digest }) => (digest === undefined ? [] : [[`${ref} ${digest}`, { ref, digest }] as const])),
  );
  if (pinned.size === 0) return [];
  return [
    bullets(
      [...pinned.values()].map(({ ref, digest }) => [quote(ref, 300), ...(ref.includes(digest) ? [] : [words(' ran as '), quote(digest)])]),
    ),
  ];
}

/** Whether a tag was pushed again while it was in use: said either way, since a rollback by tag depends on it. */
function tagNote({ built: { workload } }: TimelineInput): readonly Inline[] {
  const uses = tagUses(workload);
  const moved = uses.filter(({ digests }) => digests.size > 1);
  if (uses.length === 0) return [words('No digest is on record, so whether a tag moved is not known.')];
  if (moved.length === 0) return [words('No tag moved: each that was pulled stood for one digest.')];
  return [
    strong(words('The tag moved: ')),
    ...join(
      moved.map(({ ref, digests }) => [
        quote(ref),
        words(` stood for ${digests.size} different digests `),
        ...cite([...digests.values()], 3),
      ]),
      '; ',
    ),
    words('.'),
  ];
}
