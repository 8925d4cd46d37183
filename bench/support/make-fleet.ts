import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { Story } from './load-stories.ts';

const timePattern = /"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)"/g;
const uidPattern = /"uid":"([0-9a-f-]{36})"/g;
const containerPattern = /containerd:\/\/([0-9a-f]{8})/g;

const firstVersion = 1_000_000;

export interface FleetOptions {
  readonly workloads: number;
  /** Number of the first workload: fleets of other numbers share no name and no uid. */
  readonly first?: number;
  /** Epoch milliseconds of the first record. */
  readonly from: number;
}

/**
 * Recorded stories, each told by many workloads at the same time: names, uids, container ids, versions and times differ, the
 * rest is as recorded. Records of all workloads are interleaved, as a watch of a whole cluster delivers them.
 */
export function makeFleet(stories: readonly Story[], { workloads, first = 0, from }: FleetOptions): readonly Observation[] {
  const longest = Math.max(...stories.map(({ length }) => length));
  const observations: Observation[] = [];
  for (let step = 0; step < longest; step += 1) {
    for (let workload = first; workload < first + workloads; workload += 1) {
      const story = stories[workload % stories.length] ?? [];
      const draft = story[step];
      if (draft === undefined) continue;
      const tag = `x${workload.toString(36)}`;
      const resourceVersion = String(firstVersion + first * longest + observations.length);
      observations.push(seal(vary(draft, tag, from - startOf(story)), resourceVersion, from + step * 1000));
    }
  }
  return observations;
}

function vary(draft: Draft, tag: string, shiftMs: number): Draft {
  const hex = Buffer.from(tag).toString('hex').padStart(12, '0').slice(-12);
  const text = JSON.stringify(draft)
    .replaceAll(timePattern, (_, time: string) => `"${new Date(Date.parse(time) + shiftMs).toISOString()}"`)
    .replaceAll(uidPattern, (_, uid: string) => `"uid":"${uid.slice(0, 24)}${hex}"`)
    .replaceAll(containerPattern, `containerd://${hex.slice(-8)}`)
    .replaceAll(/"name":"([a-z0-9-]+-[a-z0-9]{8,10}(?:-[a-z0-9]{5})?)"/g, (_, name: string) => `"name":"${tag}-${name}"`);
  const varied: Draft = JSON.parse(text);
  if (varied.kind !== 'pod') return varied;
  const name = `${tag}-${varied.workload.name}`;
  const chain = varied.workload.chain.map((owner) => (owner.kind === 'Deployment' ? { ...owner, name } : owner));
  return { ...varied, workload: { ...varied.workload, name, chain } };
}

function seal(draft: Draft, resourceVersion: string, at: number): Observation {
  const versioned = 'resourceVersion' in draft ? { ...draft, resourceVersion } : draft;
  const observation: Observation = Object.assign(versioned, {
    id: observationId(versioned),
    observedAt: new Date(at).toISOString(),
    cluster: 'bench',
  });
  return observation;
}

function startOf(story: Story): number {
  const [first] = story;
  return first !== undefined && 'createdAt' in first && first.createdAt !== undefined ? Date.parse(first.createdAt) : 0;
}
