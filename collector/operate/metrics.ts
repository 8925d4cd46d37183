import { Counter, Gauge, Registry } from 'prom-client';
import type { Clock } from '#core/ports.ts';
import type { CollectorStatus } from '../create-collector.ts';
import { counters, gauges, nameOf, sourceLabels, type Metric } from './metric-table.ts';

/** The state of a collector in the words of Prometheus; in a registry of its own, so that two collectors do not mix. */
export interface CollectorMetrics {
  readonly contentType: string;
  /** The text of one scrape: read from the status at that moment. */
  render(): Promise<string>;
}

export interface MetricsDependencies {
  readonly status: () => CollectorStatus;
  readonly clock: Clock;
  readonly version: string;
  /** Bytes of resident memory. */
  readonly residentBytes: () => number;
}

export function createMetrics({ status, clock, version, residentBytes }: MetricsDependencies): CollectorMetrics {
  const registry = new Registry();
  const startedAt = clock.now();
  // One snapshot a scrape: numbers that are read beside each other belong together.
  let snapshot = status();
  const snapshotOf = () => snapshot;
  for (const metric of counters) registry.registerMetric(counterOf(metric, snapshotOf));
  const lag: Metric = {
    name: 'mortem_collector_watch_lag_seconds',
    help: 'Seconds since the source was last known to have handled everything; a quiet watch shows that once a minute to every five',
    labels: sourceLabels,
    samples: ({ sources }) => sources.map((source) => [secondsSince(source.upToDateAt ?? startedAt), nameOf(source)]),
  };
  const secondsSince = (moment: Date): number => Math.max(0, clock.now().getTime() - moment.getTime()) / 1000;
  const resident: Metric = {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory in bytes',
    samples: () => [[residentBytes()]],
  };
  const build: Metric = {
    name: 'mortem_collector_build_info',
    help: 'Always 1; the version is its label',
    labels: ['version'],
    samples: () => [[1, { version }]],
  };
  for (const metric of [...gauges, lag, resident, build]) registry.registerMetric(gaugeOf(metric, snapshotOf));
  return {
    contentType: registry.contentType,
    render() {
      snapshot = status();
      return registry.metrics();
    },
  };
}

function counterOf({ name, help, labels = [], samples }: Metric, snapshot: () => CollectorStatus): Counter {
  return new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [],
    // The status counts from the start itself: what was said before is replaced.
    collect() {
      this.reset();
      for (const [value, of = {}] of samples(snapshot())) this.inc(of, value);
    },
  });
}

function gaugeOf({ name, help, labels = [], samples }: Metric, snapshot: () => CollectorStatus): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [],
    collect() {
      this.reset();
      for (const [value, of = {}] of samples(snapshot())) this.set(of, value);
    },
  });
}
