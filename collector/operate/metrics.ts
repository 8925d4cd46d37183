import { Counter, Gauge, Registry } from 'prom-client';
import type { Clock } from '#core/ports.ts';
import type { CollectorStatus } from '../create-collector.ts';
import { createWatchAges } from './watch-ages.ts';

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

type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly samples: (status: CollectorStatus) => readonly Sample[];
}

export function createMetrics({ status, clock, version, residentBytes }: MetricsDependencies): CollectorMetrics {
  const registry = new Registry();
  const ages = createWatchAges(clock);
  // One snapshot a scrape: numbers that are read beside each other belong together.
  let snapshot = status();
  for (const { name, help, labels = [], samples } of counters) {
    new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, of = {}] of samples(snapshot)) this.inc(of, value);
      },
    });
  }
  const lag: Metric = {
    name: 'mortem_collector_watch_lag_seconds',
    help: 'Seconds since the source was last seen to move on; an open watch moves on about once a minute',
    labels: sourceLabels,
    samples: ({ sources }) => sources.map((source) => [ages.secondsOf(source), nameOf(source)]),
  };
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
  for (const { name, help, labels = [], samples } of [...gauges, lag, resident, build]) {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, of = {}] of samples(snapshot)) this.set(of, value);
      },
    });
  }
  return {
    contentType: registry.contentType,
    render() {
      snapshot = status();
      ages.look(snapshot.sources);
      return registry.metrics();
    },
  };
}

const sourceLabels = ['resource', 'namespace'];

function nameOf({ resource, namespace = '' }: { readonly resource: string; readonly namespace?: string }): Record<string, string> {
  return { resource, namespace };
}

function byLabel(label: string, counts: Readonly<Record<string, unknown>>): readonly Sample[] {
  return Object.entries(counts).flatMap(([key, count]) => (typeof count === 'number' ? [[count, { [label]: key }] as const] : []));
}

const counters: readonly Metric[] = [
  {
    name: 'mortem_collector_relists_total',
    help: 'Lists after the first: each closes a gap in what was watched',
    labels: sourceLabels,
    samples: ({ sources }) => sources.map((source) => [source.relists, nameOf(source)]),
  },
  {
    name: 'mortem_collector_spool_dropped_total',
    help: 'Observations given up because the spool was full',
    samples: ({ spool }) => [[spool.dropped]],
  },
  {
    name: 'mortem_collector_logs_total',
    help: 'Logs asked for, by what came of it',
    labels: ['outcome'],
    samples: ({ logs }) => byLabel('outcome', { ...logs }),
  },
  {
    name: 'mortem_collector_redactions_total',
    help: 'Credentials replaced before they touched the disk, by rule',
    labels: ['rule'],
    samples: ({ redactions }) => byLabel('rule', redactions),
  },
  {
    name: 'mortem_collector_shipped_batches_total',
    help: 'Batches the server has acknowledged',
    samples: ({ shipped }) => [[shipped.batches]],
  },
  {
    name: 'mortem_collector_shipped_observations_total',
    help: 'Observations the server has acknowledged',
    samples: ({ shipped }) => [[shipped.observations]],
  },
  {
    name: 'mortem_collector_rejected_observations_total',
    help: 'Observations the server will never take; they are set aside',
    samples: ({ shipped }) => [[shipped.rejected]],
  },
];

const gauges: readonly Metric[] = [
  {
    name: 'mortem_collector_source_open',
    help: '1 while the watch of the source is open',
    labels: sourceLabels,
    samples: ({ sources }) => sources.map((source) => [source.phase === 'open' ? 1 : 0, nameOf(source)]),
  },
  {
    name: 'mortem_collector_source_refused',
    help: '1 while the API does not allow or does not have the source',
    labels: sourceLabels,
    samples: ({ sources }) => sources.map((source) => [source.phase === 'refused' ? 1 : 0, nameOf(source)]),
  },
  {
    name: 'mortem_collector_work_in_flight',
    help: 'Objects, logs and requests that are being worked on',
    samples: ({ inFlight }) => [[inFlight]],
  },
  { name: 'mortem_collector_pods', help: 'Pods that are remembered', samples: ({ pods }) => [[pods]] },
  {
    name: 'mortem_collector_spool_observations',
    help: 'Observations that the server has not acknowledged yet',
    samples: ({ spool }) => [[spool.observations]],
  },
  {
    name: 'mortem_collector_spool_bytes',
    help: 'Bytes of the observations that the server has not acknowledged yet',
    samples: ({ spool }) => [[spool.bytes]],
  },
  {
    name: 'mortem_collector_spool_degraded',
    help: '1 while the disk is full and the newest observations are kept in memory only',
    samples: ({ spool }) => [[spool.degraded === undefined ? 0 : 1]],
  },
  {
    name: 'mortem_collector_ship_failing',
    help: '1 while the last batch was not taken by the server',
    samples: ({ shipped }) => [[shipped.lastFault === undefined ? 0 : 1]],
  },
];
