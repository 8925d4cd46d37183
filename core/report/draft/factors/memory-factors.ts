import { livedFor } from '../../../history/pod-facts.ts';
import { parseQuantity } from '../../../rules/quantity.ts';
import type { ContainerStatus } from '../../../wire/container.ts';
import { words, type Inline } from '../../inline.ts';
import { heapSetting } from '../../memory/heap-setting.ts';
import { lifeShape } from '../../memory/life-shape.ts';
import { isAboutMemory } from '../../../incident/is-about-memory.ts';
import { mebibytes, peakSample } from '../../memory/peak-sample.ts';
import { describeTag } from '../../timeline/describe-image.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { evidenceOf } from '../../../evidence/evidence-id.ts';
import { sources, told } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';
import type { Factor, Remedy } from './factor.ts';

/** A heap of more than this share of the limit leaves little for everything that is not heap. */
const heapShare = 0.75;

/** Limits, requests, heap settings and usage of containers that ran out of memory. */
export function memoryFactors(input: DraftInput): readonly Factor[] {
  return input.chapters
    .filter(({ built: { chapter } }) => isAboutMemory(chapter))
    .flatMap((facts) => [...limitFactors(input, facts), ...usageFactors(input, facts), ...heapFactors(input, facts)]);
}

function limitFactors(input: DraftInput, facts: ChapterFacts): readonly Factor[] {
  const { spec } = facts;
  if (spec === undefined) return [];
  const limit = inForce(spec.status, 'limits');
  if (limit !== undefined) {
    return [{ what: reached(facts, limit), remedy: measureRemedy(input, facts, limit) }, ...requestFactors(spec, limit)];
  }
  const what = [
    words('Container '),
    told(spec.status.name),
    words(' has no memory limit: only the node bounds it'),
    ...sources([spec.evidence]),
    words('.'),
  ];
  return [{ what, remedy: setRemedy(input, facts) }];
}

function inForce({ resources, resourcesInForce }: ContainerStatus, which: 'limits' | 'requests'): string | undefined {
  return resourcesInForce?.[which]?.['memory'] ?? resources?.[which]?.['memory'];
}

/** A request below the limit lets the scheduler promise memory twice. */
function requestFactors({ status, evidence }: NonNullable<ChapterFacts['spec']>, limit: string): readonly Factor[] {
  const cited = [...sources([evidence]), words('.')];
  const request = inForce(status, 'requests');
  if (request === undefined) {
    return [
      { what: [words('Container '), told(status.name), words(' has no memory request: the scheduler counts it as nothing'), ...cited] },
    ];
  }
  const most = parseQuantity(limit) ?? 0;
  const least = parseQuantity(request) ?? 0;
  if (least === 0 || most <= least) return [];
  const times = words(` is ${ratio(most / least)} times the request of `);
  const consequence = words(', so the scheduler counts on less than the container may use');
  return [{ what: [words('The memory limit '), told(limit, 40), times, told(request, 40), consequence, ...cited] }];
}

/** How soon after each start the limit was met: at once means that no traffic was needed. */
function reached({ deaths, built: { chapter } }: ChapterFacts, limit: string): readonly Inline[] {
  const shape = lifeShape(deaths.flatMap((death) => livedFor(death) ?? []));
  const when = shape === undefined ? '' : `, ${shape}`;
  return [
    words('The memory limit '),
    told(limit, 40),
    words(' is below what '),
    ...(chapter.image === undefined ? [words('the image')] : describeTag(chapter.image)),
    words(` asked for: ${deaths.length} of ${deaths.length} recorded attempts met it${when}`),
    ...sources(deaths.slice(0, 2).map((death) => death.end.evidence)),
    words('.'),
  ];
}

function usageFactors({ built }: DraftInput, { deaths, spec }: ChapterFacts): readonly Factor[] {
  const limit = spec === undefined ? undefined : inForce(spec.status, 'limits');
  const own = new Set(deaths.map((death) => death.containerID));
  const records = built.workload.usage.filter((usage) => own.has(usage.containerID) && usage.samples.length > 0);
  const peak = peakSample(records, limit);
  if (peak?.share === undefined || limit === undefined) return [];
  return [
    {
      what: [
        words(`The highest memory sample before a kill is ${mebibytes(peak.bytes)}, ${peak.share} % of the limit `),
        told(limit, 40),
        ...sources([evidenceOf(peak.usage)]),
        words('.'),
      ],
    },
  ];
}

function heapFactors(input: DraftInput, { spec }: ChapterFacts): readonly Factor[] {
  const heap = spec === undefined ? undefined : heapSetting(spec.status);
  const limit = spec === undefined ? undefined : inForce(spec.status, 'limits');
  const bytes = limit === undefined ? undefined : parseQuantity(limit);
  if (spec === undefined || heap === undefined || limit === undefined || bytes === undefined || heap.bytes <= bytes * heapShare) return [];
  return [
    {
      what: [
        words('The heap may grow to '),
        told(heap.flag, 60),
        words(`, ${Math.round((heap.bytes / bytes) * 100)} % of the memory limit `),
        told(limit, 40),
        words(', which everything outside the heap shares'),
        ...sources([spec.evidence]),
        words('.'),
      ],
      remedy: {
        key: `heap ${spec.status.name}`,
        type: 'prevent',
        action: [
          words('Set the heap of container '),
          told(spec.status.name),
          words(' by its memory limit in '),
          ...workloadWords(input.built.incident.workload),
          words(`, at most ${heapShare * 100} % of it`),
        ],
      },
    },
  ];
}

function measureRemedy({ built }: DraftInput, { built: { chapter } }: ChapterFacts, limit: string): Remedy {
  const image: readonly Inline[] = chapter.image === undefined ? [words('the image')] : describeTag(chapter.image);
  return {
    key: `memory ${chapter.container ?? ''} ${chapter.image?.ref ?? ''}`,
    type: 'prevent',
    action: [
      words('Measure the memory peak of '),
      ...image,
      words('; then bound what it takes, or set the limit of '),
      told(limit, 40),
      words(' by the measured peak in '),
      ...workloadWords(built.incident.workload),
    ],
  };
}

function setRemedy({ built }: DraftInput, { built: { chapter } }: ChapterFacts): Remedy {
  return {
    key: `memory ${chapter.container ?? ''}`,
    type: 'prevent',
    action: [
      words('Set a measured memory limit for container '),
      told(chapter.container ?? ''),
      words(' in '),
      ...workloadWords(built.incident.workload),
    ],
  };
}

function ratio(value: number): string {
  return String(Math.round(value * 10) / 10);
}
