import type { ContainerStatus } from '#core/wire/container.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Draft } from '#core/wire/observation.ts';
import { compareKnown } from './compare-known.ts';
import type { KnownPod } from './known-line.ts';

/** What one list shows to have happened while nobody watched. */
export interface GapCount {
  /** A pod that was known before, as the list shows it. */
  compare(known: KnownPod, containers: readonly ContainerStatus[]): void;
  /** A pod that was known before and is not in the list. */
  gone(pod: Pick<KnownPod, 'namespace' | 'name'>): void;
  /** Coverage notes about it, each for one namespace, and zero again. */
  take(period: GapPeriod): readonly Draft<CoverageObservation>[];
}

export interface GapPeriod {
  readonly collector: string;
  readonly resource: string;
  readonly from: Date;
  readonly to: Date;
}

interface Tally {
  readonly gone: readonly string[];
  /** Containers with terminations that only restartCount proves. */
  readonly restarted: readonly string[];
  readonly restartsUnseen: number;
  readonly backfilled: number;
}

const nothing: Tally = { gone: [], restarted: [], restartsUnseen: 0, backfilled: 0 };
const namedAtMost = 20;

export function createGapCount(): GapCount {
  let tallies = new Map<string, Tally>();
  const tallyOf = (namespace: string): Tally => tallies.get(namespace) ?? nothing;

  return {
    compare({ namespace, name, containers: known }, containers) {
      for (const container of containers) {
        const { backfilled, unseen } = compareKnown(known.get(container.name), container);
        if (backfilled + unseen === 0) continue;
        const tally = tallyOf(namespace);
        tallies.set(namespace, {
          ...tally,
          restarted: unseen === 0 ? tally.restarted : [...tally.restarted, `${unseen} of ${name}/${container.name}`],
          restartsUnseen: tally.restartsUnseen + unseen,
          backfilled: tally.backfilled + backfilled,
        });
      }
    },
    gone({ namespace, name }) {
      const tally = tallyOf(namespace);
      tallies.set(namespace, { ...tally, gone: [...tally.gone, name] });
    },
    take(period) {
      const notes = [...tallies].flatMap(([namespace, tally]) => notesOf(namespace, tally, period));
      tallies = new Map();
      return notes;
    },
  };
}

function notesOf(namespace: string, tally: Tally, { collector, resource, from, to }: GapPeriod): Draft<CoverageObservation>[] {
  const { gone, restarted, restartsUnseen, backfilled } = tally;
  const note = { kind: 'coverage' as const, collector, from: from.toISOString(), to: to.toISOString(), resource, namespace };
  const unseen = [
    ...(gone.length > 0 ? [`${gone.length} pods are gone and how they ended was not seen: ${namesOf(gone)}`] : []),
    ...(restartsUnseen > 0 ? [`${restartsUnseen} terminations are proved by restartCount alone: ${namesOf(restarted)}`] : []),
  ];
  const shown = `${backfilled} terminations of this time were read from the pods' status afterwards`;
  return [
    ...(unseen.length > 0
      ? [{ ...note, note: 'watch-gap' as const, reason: unseen.join('; '), counts: { gone: gone.length, restartsUnseen } }]
      : []),
    ...(backfilled > 0 ? [{ ...note, note: 'backfilled' as const, reason: shown, counts: { terminations: backfilled } }] : []),
  ];
}

function namesOf(names: readonly string[]): string {
  return `${names.slice(0, namedAtMost).join(', ')}${names.length > namedAtMost ? ' and more' : ''}`;
}
