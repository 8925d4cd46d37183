import type { Rollout } from '../../../incident/incident.ts';
import { between, describeDuration } from '../../../time/duration.ts';
import type { FoundSign } from '../../../rules/rule.ts';
import { endOf } from '../../../rules/end-of.ts';
import { wholeSecond, type Instant } from '../../../time/instant.ts';
import { paragraph, table, type Block, type Cell } from '../../block.ts';
import { join, strong, words, type Inline } from '../../inline.ts';
import { describeImage, shortDigest } from '../../timeline/describe-image.ts';
import { clock } from '../../timeline/document.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { readyTime } from '../facts/ready-time.ts';
import { absent, sourceCell, sources, told } from '../phrases.ts';
import { localTime, localHeader } from '../../local-time.ts';

/** Revisions around the incident; older ones are in the audit of the image. */
const maxRows = 8;

/** What ran before, during and after, by digest; and what a rollback brought back. */
export function imagesSection(input: DraftInput): DraftSection {
  const { rollouts, incident } = input.built;
  return {
    name: 'images',
    heading: [words('Image and rollback audit')],
    generated: rollouts.length === 0 ? [paragraph(absent('No revision of a controller is on record.'))] : [audit(input), ...verdict(input)],
    ...(incident.mitigation.kind === 'rollback' ? { prompts: ['Was the artefact that was rolled back to the intended one?'] } : {}),
  };
}

function audit(input: DraftInput): Block {
  const { rollouts } = input.built;
  const lastBefore = rollouts.findLastIndex((rollout) => Date.parse(rollout.at) <= input.span.from);
  const first = Math.max(0, Math.min(lastBefore - 1, rollouts.length - maxRows));
  const shown = rollouts.slice(first, first + maxRows);
  const header = [
    'When',
    'Revision',
    'Images',
    'Kind',
    'From, UTC',
    ...localHeader(input.options.timezone),
    'Lived',
    'Failed on it as',
    'Evidence',
  ];
  return table(
    header,
    shown.map((rollout, index) => toRow(input, rollout, rollouts[first + index + 1])),
  );
}

function toRow(input: DraftInput, rollout: Rollout, next: Rollout | undefined): readonly Cell[] {
  const at = Date.parse(rollout.at);
  const { from, to } = input.span;
  const isFirst = rollout === input.built.rollouts[0];
  const when = wholeSecond(at) <= wholeSecond(from) ? 'before' : at <= to ? 'during' : 'after';
  const until = next === undefined ? undefined : Date.parse(next.at);
  const kind: Cell =
    rollout.kind === 'rollback'
      ? [strong(words('rollback')), ...(rollout.of === undefined ? [] : [words(' to '), told(rollout.of, 40)])]
      : [words(isFirst ? 'first on record' : rollout.kind)];
  return [
    [words(when)],
    rollout.revision === undefined ? [] : [told(rollout.revision, 40)],
    join(
      rollout.images.map((image) => [
        ...(rollout.images.length > 1 ? [told(image.container), words(' on ')] : []),
        ...describeImage(image),
      ]),
      ', ',
    ),
    kind,
    [words(clock(at, from))],
    ...localTime(input.options.timezone, at),
    [words(livedFor(input, at, until))],
    failures(input, rollout, until),
    sourceCell([rollout.evidence]),
  ];
}

function livedFor({ built }: DraftInput, at: number, until: number | undefined): string {
  if (until !== undefined) return describeDuration(between(at, until));
  const { endedAt } = built.group;
  return endedAt === undefined ? 'still wanted' : `${describeDuration(between(at, endedAt))}, to the end`;
}

/** Symptoms in pods of this revision, while it was the wanted one or its pods still tried. */
function failures({ built, span }: DraftInput, rollout: Rollout, until: number | undefined): Cell {
  const hashes = new Map(built.workload.pods.map((pod) => [pod.uid, pod.latest.revisionHash]));
  const at = Date.parse(rollout.at);
  const own = built.group.signs.filter(
    (sign) =>
      sign.from >= at - 1000 &&
      sign.from < (until ?? Infinity) &&
      (rollout.revisionHash === undefined || hashes.get(sign.podUid ?? '') === rollout.revisionHash),
  );
  const symptoms = Map.groupBy(own, (sign) => sign.symptom);
  if (symptoms.size > 0)
    return join(
      [...symptoms].map(([symptom, signs]): readonly Inline[] => [told(symptom), ...overBefore(signs, until)]),
      ', ',
    );
  const seen = (until ?? built.workload.now) - at;
  return [absent(at > span.to || seen <= 0 ? 'nothing yet' : `nothing in ${describeDuration(seen)}`)];
}

/** What no later revision can have ended. */
function overBefore(signs: readonly FoundSign[], until: Instant | undefined): readonly Inline[] {
  const end = endOf(signs);
  return end === undefined || until === undefined || end > until
    ? []
    : [words(`, over ${describeDuration(between(end, until))} before the next`)];
}

function verdict({ built }: DraftInput): readonly Block[] {
  const { mitigation } = built.incident;
  const rollback = built.rollouts.find((rollout) => rollout.kind === 'rollback' && rollout.at === mitigation.at);
  if (mitigation.kind !== 'rollback' || rollback === undefined) return [];
  const before = built.rollouts.find((rollout) => rollout.revision !== undefined && rollout.revision === rollback.of) ?? rollback;
  const [image] = rollback.images;
  const pods = built.workload.pods.filter(
    (pod) => pod.latest.revisionHash === rollback.revisionHash && pod.createdAt < Date.parse(rollback.at) - 1000,
  );
  const ready = pods.reduce((sum, pod) => sum + readyTime(pod, 0, Date.parse(rollback.at)), 0);
  return [
    paragraph(
      words('The rollback brought back '),
      ...(image?.digest === undefined ? [words('an earlier template')] : [words('digest '), told(shortDigest(image.digest))]),
      ...(rollback.of === undefined ? [] : [words(' of revision '), told(rollback.of, 40)]),
      words(ready > 0 ? `, which had been ready for ${describeDuration(ready)} before` : ''),
      ...sources([rollback.evidence, before.evidence]),
      words('.'),
    ),
  ];
}
