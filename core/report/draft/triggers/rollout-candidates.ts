import type { Rollout } from '../../../incident/incident.ts';
import type { Symptom } from '../../../incident/vocabulary.ts';
import { between, describeDuration } from '../../../time/duration.ts';
import { hour } from '../../../time/instant.ts';
import { join, words, type Inline } from '../../inline.ts';
import { describeTag } from '../../timeline/describe-image.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { neededThing } from '../facts/needed-thing.ts';
import { revisionChange } from '../facts/revision-change.ts';
import { told } from '../phrases.ts';
import { kindWord } from '../workload-words.ts';
import type { Candidate } from './candidate.ts';
import { contradicts, supports, type RolloutCase } from './weigh-rollout.ts';

/** A change further away is listed in the image audit and is no candidate. */
const furthest = 24 * hour;
/** What nodes and schedulers do to a pod, whatever was rolled out. */
const notOfThePod: ReadonlySet<Symptom> = new Set(['NodeLost', 'Preempted']);

/** For each chapter the rollout before it, or what was missing, or both; chapters that share both are one candidate. */
export function rolloutCandidates(input: DraftInput): readonly Candidate[] {
  const seen = new Set<string>();
  return input.chapters.flatMap((facts) => {
    const { rollout: last, from } = facts;
    if (notOfThePod.has(facts.built.chapter.symptom)) return [];
    const rollout = last !== undefined && between(Date.parse(last.at), from) <= furthest ? last : undefined;
    const needed = neededThing(facts);
    const key = JSON.stringify([rollout?.evidence, needed?.what]);
    if ((rollout === undefined && needed === undefined) || seen.has(key)) return [];
    seen.add(key);
    return [
      toCandidate({ input, facts, rollout, needed, change: rollout === undefined ? undefined : revisionChange(input.built, rollout) }),
    ];
  });
}

function toCandidate(one: RolloutCase): Candidate {
  const { facts, rollout, needed } = one;
  const lacking: readonly Inline[] =
    needed === undefined ? [] : [words(rollout === undefined ? 'What was missing: ' : '; what was missing: '), ...needed.what];
  return {
    what: [...(rollout === undefined ? [] : describeRollout(one, rollout)), ...lacking],
    distance: rollout === undefined ? `chapter ${facts.number}` : distanceOf(one.input, rollout, facts),
    basis: rollout === undefined ? facts.built.chapter.basis : 'hypothesis',
    rule: rollout === undefined ? facts.built.chapter.rule : 'change-before-onset',
    supports: supports(one),
    contradicts: contradicts(one),
    missing: missing(one),
  };
}

function describeRollout({ input, facts, change }: RolloutCase, rollout: Rollout): readonly Inline[] {
  const { kind } = input.built.workload.key;
  const revision: readonly Inline[] = rollout.revision === undefined ? [] : [words(' revision '), told(rollout.revision, 40)];
  const image = rollout.images.find((item) => item.container === facts.built.chapter.container) ?? rollout.images[0];
  if (change === undefined) {
    const first: readonly Inline[] =
      rollout.revision === undefined
        ? [words(`Creation of the ${kindWord(kind)}`)]
        : [words('Revision '), told(rollout.revision, 40), words(', the first on record')];
    return [...first, ...(image === undefined ? [] : [words(', with '), ...describeTag(image)])];
  }
  const changed = change.changes.length === 0 ? [] : [words(' ('), ...join(change.changes, '; '), words(')')];
  return [
    words(rollout.kind === 'rollback' ? 'Rollback to' : 'Rollout of'),
    ...(revision.length === 0 ? [words(' a new template')] : revision),
    ...changed,
  ];
}

function distanceOf({ chapters }: DraftInput, rollout: Rollout, { number, from }: ChapterFacts): string {
  const apart = between(Date.parse(rollout.at), from);
  const what = chapters.length === 1 ? 'the first failure' : `chapter ${number}`;
  return apart <= 0 ? `≈ same second as ${what}` : `${describeDuration(apart)} before ${what}`;
}

function missing({ input, facts, needed, change }: RolloutCase): readonly string[] {
  const { workload } = input.built;
  const { symptom, cause } = facts.built.chapter;
  return [
    ...(needed === undefined ? [] : [needed.unknown]),
    ...(symptom === 'OOMKilled' && workload.usage.length === 0 ? ['memory usage before the kills'] : []),
    ...(cause === 'slow-boot' ? ['how long the process takes when nothing kills it'] : []),
    ...(needed === undefined && change?.imageChanged === true ? ['what changed between the two images'] : []),
  ];
}
