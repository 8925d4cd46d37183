import { performance } from 'node:perf_hooks';
import { reportIncidents } from '#core/report/report-incidents.ts';
import { hour } from '#core/time/instant.ts';
import { nodeHash } from '../db/node-hash.ts';
import { loadStories } from './support/load-stories.ts';
import { makeIncident, type BigIncident } from './support/make-incident.ts';
import { ceiling, printResults, type BenchResult } from './support/result.ts';

/**
 * What both documents of one incident cost, from its observations to Markdown, beside JSON.parse of the same observations in
 * the same run; and how that grows with their number.
 */

const wanted = 10_000;
const goalMs = 150;
/** Work for each observation of the largest incident, against that of the wanted one. */
const maxGrowth = 1.5;
const rounds = 15;

const [story = []] = loadStories(['s24-seed-story']);
const sizes = [100, 1000, wanted, 100_000].map((size) => measureSize(makeIncident(story, size)));
const one = sizes[2] ?? { count: 0, value: 0, floor: 0 };

const results: readonly BenchResult[] = [
  ceiling('render.both-documents', 'ms', one, goalMs),
  ...sizes.slice(1).map((size, index): BenchResult => {
    const before = sizes[index] ?? size;
    const [value, floor] = [size, before].map((item) => (item.value / item.count) * 1000).map((each) => Number(each.toFixed(2)));
    const ratio = Number(((value ?? 0) / (floor ?? 1)).toFixed(3));
    return {
      name: `render.growth-${before.count}-to-${size.count}`,
      value: value ?? 0,
      unit: 'µs an observation',
      floor: floor ?? 0,
      ratio,
      goal: `<= ${maxGrowth} of the smaller incident`,
      met: ratio <= maxGrowth,
    };
  }),
];
printResults(results, process.argv.includes('--json'));

/** The best of several rounds: what else the machine does only ever adds. */
function measureSize({ key, observations, watermark }: BigIncident): { count: number; value: number; floor: number } {
  const lines = observations.map((item) => JSON.stringify(item));
  let value = Infinity;
  let floor = Infinity;
  for (let round = 0; round < (observations.length > 2 * wanted ? 2 : rounds); round += 1) {
    // Fresh objects in each round: nothing computed for an object before may help.
    const began = performance.now();
    const fresh = lines.map((line) => JSON.parse(line));
    floor = Math.min(floor, performance.now() - began);
    const from = performance.now();
    const [report] = reportIncidents(key, fresh, watermark + hour, nodeHash);
    value = Math.min(value, performance.now() - from);
    if (report?.documents.length !== 2) throw new Error('the incident of the benchmark has no two documents');
  }
  return { count: observations.length, value, floor };
}
