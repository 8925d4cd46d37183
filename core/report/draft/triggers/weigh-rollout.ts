import type { PodHistory } from '../../../history/pod-history.ts';
import { repositoryOf } from '../../../incident/image.ts';
import type { Rollout } from '../../../incident/incident.ts';
import { describeDuration } from '../../../time/duration.ts';
import { minute, second } from '../../../time/instant.ts';
import { join, words, type Inline } from '../../inline.ts';
import { describeTag } from '../../timeline/describe-image.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { clock } from '../../timeline/document.ts';
import { tellingEvidence, triesOf } from '../chapter-words.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { evidenceAt } from '../../facts/evidence-at.ts';
import type { NeededThing } from '../facts/needed-thing.ts';
import { readyTime } from '../facts/ready-time.ts';
import type { RevisionChange } from '../facts/revision-change.ts';
import { sources, told } from '../phrases.ts';

/** Ready for less than this before a failure says nothing against a rollout. */
const wellFor = minute;
/** Ready for less than this tells nothing in favour of another revision either. */
const notable = 10 * second;

/** A chapter with the rollout before it and with what it lacked. */
export interface RolloutCase {
  readonly input: DraftInput;
  readonly facts: ChapterFacts;
  readonly rollout: Rollout | undefined;
  readonly change: RevisionChange | undefined;
  readonly needed: NeededThing | undefined;
}

/** What speaks for a rollout or a missing thing as the trigger, each with its sources. */
export function supports(one: RolloutCase): readonly (readonly Inline[])[] {
  const { facts, rollout, needed, change } = one;
  if (needed !== undefined) return [refusal(facts), ...otherTags(one), ...wentOn(one)];
  if (rollout === undefined) return [];
  if (change === undefined)
    return [[words(`the order in time, and nothing more: no earlier ${wordFor(one)} is on record`), ...sources([rollout.evidence])]];
  return [...onlyHere(facts, rollout), ...othersWell(one, change)];
}

/** A Job's template never changes: what it could be compared with is another run. */
function wordFor({ input }: RolloutCase): string {
  return input.built.workload.key.kind === 'Job' ? 'run' : 'revision';
}

/** How often the lack was met: at each try, or in the logs of how many ends. */
function refusal(facts: ChapterFacts): readonly Inline[] {
  const { deaths } = facts;
  const times = triesOf(facts);
  const met =
    deaths.length > 0 ? `${times} of ${plural(deaths.length, 'death')} show it` : `${times === 1 ? '1 try' : `${times} tries`} without it`;
  return [words(met), ...sources([tellingEvidence(facts)])];
}

function onlyHere({ pods, deaths }: ChapterFacts, rollout: Rollout): readonly (readonly Inline[])[] {
  if (pods.length === 0 || !pods.every((pod) => belongsTo(pod, rollout))) return [];
  const what = deaths.length > 0 ? plural(deaths.length, 'death') : plural(pods.length, 'failing pod');
  return [[words(`${what}, all in this revision`), ...sources([rollout.evidence])]];
}

/** The repository is right where another tag of it ran. */
function otherTags({ facts, needed, input }: RolloutCase): readonly (readonly Inline[])[] {
  const ref = facts.built.chapter.image?.ref;
  if (needed?.kind !== 'image-tag' || ref === undefined) return [];
  for (const rollout of input.built.rollouts) {
    const other = rollout.images.find((image) => image.digest !== undefined && image.ref !== ref && sameRepository(image.ref, ref));
    if (other !== undefined) return [[words('another tag of it ran: '), ...describeTag(other), ...sources([rollout.evidence])]];
  }
  return [];
}

function sameRepository(a: string, b: string): boolean {
  return repositoryOf(a) === repositoryOf(b) && a.split('/')[0] === b.split('/')[0];
}

/** The container went on without a rollout once the missing thing was there. */
function wentOn({ facts, input: { built, span } }: RolloutCase): readonly (readonly Inline[])[] {
  const over = facts.built.signs.find((sign) => sign.overBy === 'progress' && sign.until !== undefined);
  if (over?.until === undefined) return [];
  return [[words(`went on without a rollout at ${clock(over.until, span.from)}`), ...sources([evidenceAt(built.workload, over.until)])]];
}

/** The revisions before and after it ran ready for a while without this symptom; two with one template are one. */
function othersWell({ input, facts, rollout }: RolloutCase, change: RevisionChange): readonly (readonly Inline[])[] {
  const { rollouts, workload, group } = input.built;
  const { symptom, container } = facts.built.chapter;
  const same = group.signs.filter((sign) => sign.symptom === symptom && sign.container?.name === container);
  const hurt = new Set(same.map((sign) => sign.podUid));
  const next = rollout === undefined ? undefined : rollouts[rollouts.indexOf(rollout) + 1];
  const templates = Map.groupBy([change.previous, ...(next === undefined ? [] : [next])], (other) => other.revisionHash);
  return [...templates.values()].flatMap((others): readonly (readonly Inline[])[] => {
    const pods = workload.pods.filter((pod) => others.some((other) => belongsTo(pod, other)));
    const ready = pods.reduce((sum, pod) => sum + readyTime(pod, 0, workload.now), 0);
    if (ready < notable || pods.some((pod) => hurt.has(pod.uid))) return [];
    const names = others.map((other): readonly Inline[] => [told(other.revision ?? 'without a number', 40)]);
    const shared = others.length > 1 ? ', one template,' : '';
    return [
      [
        words(`revision${others.length > 1 ? 's' : ''} `),
        ...join(names, ' and '),
        words(`${shared} ran ready for ${describeDuration(ready)} without it`),
        ...sources(others.map((other) => other.evidence)),
      ],
    ];
  });
}

/** What speaks against it. */
export function contradicts({ facts, rollout, change, input }: RolloutCase): readonly (readonly Inline[])[] {
  if (rollout === undefined) return [];
  const found: (readonly Inline[])[] = [];
  const foreign = facts.pods.filter((pod) => rollout.revisionHash !== undefined && !belongsTo(pod, rollout));
  const [stranger] = foreign;
  if (stranger !== undefined) {
    found.push([
      words(`${foreign.length} of ${plural(facts.pods.length, 'failing pod')} belong to another revision`),
      ...sources([stranger.states[0]?.evidence]),
    ]);
  }
  if (change !== undefined && change.changes.length === 0)
    found.push([words('nothing that is on record of the template changed'), ...sources([rollout.evidence])]);
  const own = input.built.workload.pods.filter((pod) => belongsTo(pod, rollout));
  const ready = Math.max(0, ...own.map((pod) => readyTime(pod, 0, facts.from)));
  if (ready >= wellFor)
    found.push([
      words(`a pod of this revision was ready for ${describeDuration(ready)} before it`),
      ...sources([own[0]?.states.at(-1)?.evidence]),
    ]);
  const failing = new Set(facts.pods);
  const unhurt = own.filter((pod) => !failing.has(pod) && readyTime(pod, facts.from, input.span.to) >= wellFor);
  const [spared] = unhurt;
  if (spared !== undefined)
    found.push([words(`${plural(unhurt.length, 'pod')} of this revision stayed ready`), ...sources([spared.states.at(-1)?.evidence])]);
  return found;
}

function belongsTo(pod: PodHistory, rollout: Rollout): boolean {
  return rollout.revisionHash !== undefined && pod.latest.revisionHash === rollout.revisionHash;
}
