import type { WorkloadKey } from '#core/store-model.ts';
import { createRandom } from './random.ts';
import { day, storyNames, tellStory, type Story, type StoryName } from './story.ts';

/** The last moment of every fleet: its data ends here, whenever it is made. */
export const fleetEnd = Date.parse('2026-11-01T00:00:00Z');

export interface FleetOptions {
  readonly seed: number;
  readonly clusters: number;
  /** How many workloads of each story a cluster has. */
  readonly copies: Readonly<Record<StoryName, number>>;
  readonly days: number;
  /** Multiplies how often things die. */
  readonly rate: number;
}

/** A year of 50 clusters with 40 workloads each, and more than 10⁶ deaths. */
export const wholeFleet: FleetOptions = {
  seed: 1,
  clusters: 50,
  copies: {
    'leak-fixed': 6,
    'leak-grows': 3,
    'bad-release': 8,
    decoy: 3,
    returned: 2,
    'moved-tag': 3,
    steady: 6,
    'no-image': 2,
    healthy: 7,
  },
  days: 365,
  rate: 1.3,
};

export interface FleetWorkload {
  readonly key: WorkloadKey;
  /** `team-1/leak-fixed-2`: the repository, the same in every cluster. */
  readonly app: string;
  readonly story: Story;
  readonly start: number;
  readonly end: number;
}

/** One workload after the other, cluster by cluster; a seed gives the same fleet again. */
export function* makeFleet({ seed, clusters, copies, days, rate }: FleetOptions): Generator<FleetWorkload> {
  const random = createRandom(seed);
  const start = fleetEnd - days * day;
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    for (const name of storyNames) {
      for (let copy = 0; copy < copies[name]; copy += 1) {
        const namespace = `team-${copy % 4}`;
        const workload = `${name}-${copy}`;
        yield {
          key: { cluster: `cluster-${String(cluster).padStart(2, '0')}`, namespace, kind: 'Deployment', name: workload },
          app: `${namespace}/${workload}`,
          story: tellStory(name, { start, end: fleetEnd, rate, random }),
          start,
          end: fleetEnd,
        };
      }
    }
  }
}
