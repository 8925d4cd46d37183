import { join, words, type Inline } from '../../inline.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';
import { sources, told } from '../phrases.ts';
import type { Factor } from './factor.ts';

const maxNamed = 4;

/** What a pod without a node demands: requests, selectors, claims, as its spec says. */
export function schedulingFactors(input: DraftInput): readonly Factor[] {
  return input.chapters
    .filter(({ built }) => built.chapter.symptom === 'Pending')
    .flatMap((facts) => [...requests(facts), ...selector(facts), ...claims(facts)]);
}

function requests({ pods: [pod], built: { chapter } }: ChapterFacts): readonly Factor[] {
  const resource = /^insufficient-(.{1,100})$/.exec(chapter.cause)?.[1];
  if (pod === undefined || resource === undefined) return [];
  const asked = pod.latest.containers.flatMap((container): readonly (readonly Inline[])[] => {
    const wanted = Object.entries(container.resources?.requests ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const named = wanted.slice(0, maxNamed).map(([name, quantity]): readonly Inline[] => [told(name, 60), words(' '), told(quantity, 40)]);
    return named.length === 0 ? [] : [[words('container '), told(container.name), words(' '), ...join(named, ', ')]];
  });
  return asked.length === 0 ? [] : [factor(pod, [words('The pod asks the scheduler for: '), ...join(asked.slice(0, maxNamed), '; ')])];
}

function selector({ pods: [pod], built: { chapter } }: ChapterFacts): readonly Factor[] {
  const labels = Object.entries(pod?.latest.nodeSelector ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (pod === undefined || labels.length === 0 || chapter.cause !== 'node-selector') return [];
  const named = labels.slice(0, maxNamed).map(([name, value]): readonly Inline[] => [told(`${name}=${value}`)]);
  return [factor(pod, [words('The pod accepts only nodes with '), ...join(named, ', ')])];
}

function claims({ pods: [pod], built: { chapter } }: ChapterFacts): readonly Factor[] {
  const volumes = (pod?.latest.volumes ?? []).filter((volume) => volume.source === 'persistentVolumeClaim' && volume.ref !== undefined);
  if (pod === undefined || volumes.length === 0 || !/^(?:pvc-|storage-class-|volume-)/.test(chapter.cause)) return [];
  const named = volumes.slice(0, maxNamed).map((volume): readonly Inline[] => [told(volume.ref ?? volume.name)]);
  return [factor(pod, [words('The pod needs volume claim '), ...join(named, ', ')])];
}

function factor(pod: ChapterFacts['pods'][number], what: readonly Inline[]): Factor {
  return { what: [...what, ...sources([pod.states[0]?.evidence]), words('.')] };
}
