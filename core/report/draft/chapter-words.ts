import { evidenceOf, type EvidenceId } from '../../evidence/evidence-id.ts';
import type { FoundSign } from '../../rules/rule.ts';
import { isUnexplained } from '../../incident/unexplained.ts';
import { causeWords } from '../../causes/cause-meanings.ts';
import { join, strong, words, type Inline } from '../inline.ts';
import { plural } from '../timeline/at-a-glance.ts';
import { describeImage } from '../timeline/describe-image.ts';
import type { ChapterFacts } from './draft-input.ts';
import { lastLine } from '../facts/last-log.ts';
import { sources, told } from './phrases.ts';

/** **image-pull** as `ImagePullBackOff`, container `api`, on `platform/api:2026-04-21-rc1`, 4 deaths */
export function chapterWords(facts: ChapterFacts): readonly Inline[] {
  const { chapter } = facts.built;
  const { phase, symptom, container, containerRole = 'app', image, terminations } = chapter;
  const role = containerRole === 'app' ? '' : `${containerRole} `;
  return [
    strong(words(phase)),
    words(' as '),
    told(symptom),
    ...(container === undefined ? [] : [words(`, ${role}container `), told(container)]),
    ...nodesWords(facts),
    ...(image === undefined ? [] : [words(', on '), ...describeImage(image)]),
    ...(terminations === 0 ? [] : [words(`, ${plural(terminations, 'death')}`)]),
  ];
}

/** More nodes than this are counted. */
const maxNodes = 2;

/** Where the failure is one of a node, it is the node that somebody has to look at. */
function nodesWords(facts: ChapterFacts): readonly Inline[] {
  const nodes = failedNodes(facts);
  if (nodes.length === 0) return [];
  if (nodes.length > maxNodes) return [words(`, on ${nodes.length} nodes`)];
  return [
    words(`, node${nodes.length === 1 ? '' : 's'} `),
    ...join(
      nodes.map((node) => [told(node)]),
      ' and ',
    ),
  ];
}

/** The nodes of the chapter's pods where the failure is one of a node, in order of their first pod. */
export function failedNodes({ built: { chapter }, pods }: ChapterFacts): readonly string[] {
  return chapter.failurePoint === 'node' ? [...new Set(pods.flatMap((pod) => pod.latest.node ?? []))] : [];
}

/** `not-found`, the registry does not have it (observed): `failed to resolve …` */
export function causeOf(facts: ChapterFacts): readonly Inline[] {
  const { cause, basis } = facts.built.chapter;
  const meaning = causeWords(cause);
  // What is said of an end that nothing explains explains nothing.
  const said = isUnexplained(cause) ? [] : [tellingSign(facts).detail, decisiveWords(facts)].filter((text) => text !== undefined);
  return [
    told(cause),
    words(`${meaning === undefined ? '' : `, ${meaning}`} (${basis})`),
    ...said.flatMap((text, index) => [words(index === 0 ? ': ' : '; '), told(text, 240)]),
    ...lastWords(facts),
  ];
}

function lastWords({ lastLog }: ChapterFacts): readonly Inline[] {
  const line = lastLine(lastLog?.text ?? '');
  return line === undefined ? [] : [words('; its log ends with '), told(line, 240)];
}

/** The record that began the chapter, and the one that tells its cause. */
export function sourcesOf(facts: ChapterFacts): readonly Inline[] {
  return sources([facts.built.chapter.evidence[0], facts.lastLog === undefined ? tellingEvidence(facts) : evidenceOf(facts.lastLog)]);
}

/** The record whose words decided the cause. */
export function tellingEvidence(facts: ChapterFacts): EvidenceId {
  const { quote, evidence } = tellingSign(facts);
  const log = quote === undefined ? evidence.find((item) => item.source === 'log') : undefined;
  return (log ?? evidence[0]).id;
}

/** The newest sign with the chapter's own cause. */
export function tellingSign({ built: { chapter, signs } }: ChapterFacts): FoundSign {
  return (
    signs.findLast((sign) => sign.cause === chapter.cause && sign.quote !== undefined) ??
    signs.findLast((sign) => sign.cause === chapter.cause) ??
    signs[0]
  );
}

/** What a record said that decided the cause: the text of Kubernetes, or the line of a log. */
export function decisiveWords(facts: ChapterFacts): string | undefined {
  const sign = tellingSign(facts);
  return sign.quote ?? sign.evidence.find((item) => item.source === 'log')?.text;
}

/** How often the failing step was met with the chapter's cause, as far as records count it. */
export function triesOf({ built: { chapter, signs } }: ChapterFacts): number {
  const same = signs.filter((sign) => sign.cause === chapter.cause);
  return same.reduce((sum, sign) => sum + (sign.tries ?? Math.max(1, sign.deaths.length)), 0);
}
