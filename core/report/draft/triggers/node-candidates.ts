import { evidenceOf } from '../../../evidence/evidence-id.ts';
import { between, describeDuration } from '../../../time/duration.ts';
import { instantOf, minute, second, type Instant } from '../../../time/instant.ts';
import type { NodeObservation } from '../../../wire/node.ts';
import { words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { decisiveWords, tellingEvidence } from '../chapter-words.ts';
import type { DraftInput } from '../draft-input.ts';
import { affectedPods } from '../../facts/affected-pods.ts';
import { sources, told } from '../phrases.ts';
import type { Candidate } from './candidate.ts';

/** A change of a node further back than this is no candidate. */
const furthest = 10 * minute;
/** Node and pod times come from different clocks. */
const skew = 2 * second;

interface NodeChange {
  readonly node: NodeObservation;
  readonly at: Instant;
  readonly what: readonly Inline[];
}

/** Nodes of failing pods that turned bad shortly before the onset. */
export function nodeCandidates(input: DraftInput): readonly Candidate[] {
  const affected = affectedPods(input.built);
  const names = new Set(affected.map((pod) => pod.latest.node));
  const changes = [...Map.groupBy(input.built.workload.nodes, (node) => node.name)]
    .filter(([name]) => names.has(name))
    .flatMap(([, states]) => states.flatMap((node, index) => changesOf(states[index - 1], node)));
  const near = changes.filter(({ at }) => at >= input.span.from - furthest && at <= input.span.from + skew);
  return near.length > 0 ? near.map((change) => toCandidate(input, change)) : lostNodes(input);
}

/** Only the pods say that their node was lost: nothing is on record of the node itself. */
function lostNodes({ chapters }: DraftInput): readonly Candidate[] {
  const lost = chapters.find(({ built }) => built.chapter.symptom === 'NodeLost');
  const node = lost?.pods[0]?.latest.node;
  if (lost === undefined || node === undefined) return [];
  return [
    {
      what: [words('Node '), told(node, 80), words(' itself')],
      distance: `is chapter ${lost.number}`,
      basis: lost.built.chapter.basis,
      rule: lost.built.chapter.rule,
      supports: [[told(decisiveWords(lost) ?? lost.built.chapter.cause, 80), ...sources([tellingEvidence(lost)])]],
      contradicts: [],
      missing: ['any record of the node: its conditions, its own logs'],
    },
  ];
}

function changesOf(before: NodeObservation | undefined, node: NodeObservation): readonly NodeChange[] {
  if (before === undefined) return [];
  const conditions = node.conditions.flatMap((condition) => {
    const was = before.conditions.find((item) => item.type === condition.type)?.status;
    const bad = condition.type === 'Ready' ? condition.status !== 'True' : condition.status === 'True';
    if (!bad || was === condition.status) return [];
    const at = instantOf(condition.lastTransitionTime) ?? Date.parse(node.observedAt);
    return [
      {
        node,
        at,
        what: [
          told(`${condition.type}=${condition.status}`, 80),
          ...(condition.reason === undefined ? [] : [words(', '), told(condition.reason, 80)]),
        ],
      },
    ];
  });
  const at = Date.parse(node.observedAt);
  const rebooted = before.bootId !== undefined && node.bootId !== undefined && before.bootId !== node.bootId;
  const cordoned = before.unschedulable !== true && node.unschedulable === true;
  return [
    ...conditions,
    ...(rebooted ? [{ node, at, what: [words('started anew (another boot id)')] }] : []),
    ...(cordoned ? [{ node, at, what: [words('marked unschedulable')] }] : []),
  ];
}

function toCandidate({ built, span }: DraftInput, { node, at, what }: NodeChange): Candidate {
  const affected = affectedPods(built);
  const elsewhere = affected.filter((pod) => pod.latest.node !== undefined && pod.latest.node !== node.name);
  const here = affected.length - elsewhere.length;
  const apart = between(at, span.from);
  return {
    what: [words('Node '), told(node.name, 80), words(': '), ...what],
    distance: apart <= 0 ? '≈ same second as the first failure' : `${describeDuration(apart)} before the first failure`,
    basis: 'hypothesis',
    rule: 'node-before-onset',
    supports: [[words(`${here} of ${plural(affected.length, 'failing pod')} on it`), ...sources([evidenceOf(node)])]],
    contradicts:
      elsewhere.length === 0
        ? []
        : [[words(`${plural(elsewhere.length, 'failing pod')} on other nodes`), ...sources([elsewhere[0]?.states.at(-1)?.evidence])]],
    missing: ['the logs of the node itself'],
  };
}
