import type { CollectorStatus } from '../create-collector.ts';

/** One value with its labels. */
export type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

/** A metric and where in the status its values stand. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly samples: (status: CollectorStatus) => readonly Sample[];
}

export const sourceLabels = ['resource', 'namespace'];

/** The labels of a source; without a namespace it is about all of them. */
export function nameOf({ resource, namespace = '' }: { readonly resource: string; readonly namespace?: string }): Record<string, string> {
  return { resource, namespace };
}

function byLabel(label: string, counts: Readonly<Record<string, unknown>>): readonly Sample[] {
  return Object.entries(counts).flatMap(([key, count]) => (typeof count === 'number' ? [[count, { [label]: key }] as const] : []));
}

export const counters: readonly Metric[] = [
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
    help: 'Logs wanted, by what came of it',
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
    name: 'mortem_collector_coverage_notes_total',
    help: 'Notes about what was not seen, by kind; a watch-gap is a time in which nobody watched',
    labels: ['note'],
    samples: ({ notes }) => byLabel('note', notes),
  },
  {
    name: 'mortem_collector_usage_requests_total',
    help: 'Requests for memory samples, by what came of them',
    labels: ['outcome'],
    samples: ({ usage }) => byLabel('outcome', usage.requests),
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

export const gauges: readonly Metric[] = [
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
    name: 'mortem_collector_logs_waiting',
    help: 'Logs that are wanted and not asked for yet',
    samples: ({ logsWaiting }) => [[logsWaiting]],
  },
  {
    name: 'mortem_collector_usage_containers',
    help: 'Running containers with a memory limit, which are sampled',
    samples: ({ usage }) => [[usage.containers]],
  },
  {
    name: 'mortem_collector_usage_samples',
    help: 'Memory samples that are held',
    samples: ({ usage }) => [[usage.samples]],
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
