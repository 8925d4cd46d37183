import { createActivity, type Activity } from './activity.ts';
import { forbidden } from './coverage.ts';
import type { CollectorOptions } from './collector-options.ts';
import { createPodMemories, type PodMemories } from './detect/pod-memories.ts';
import { createLogFetcher, type LogFetcher } from './enrich/log-fetcher.ts';
import { readPod, type PodReading } from './enrich/read-pod.ts';
import { requestLog, type LogTarget } from './enrich/request-log.ts';
import { createSlots } from './enrich/slots.ts';
import { createHandler } from './handle/create-handler.ts';
import { createUnreadyWatch } from './handle/unready-watch.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createHttpSender } from './ship/http-sender.ts';
import { withoutLogs } from './operate/without-logs.ts';
import { fieldSelectorOf, resourcesIn } from './shard/shard.ts';
import { selectFields } from './shard/select-fields.ts';
import { withinShard } from './shard/shard-handler.ts';
import { createRefusedGets } from './refused-gets.ts';
import { createShipper, type Shipper } from './ship/shipper.ts';
import { createMemorySpool } from './spool/memory-spool.ts';
import type { Spool } from './spool/spool.ts';
import { createKubernetesApi, type KubernetesApi } from './watch/kubernetes-api.ts';
import { createReflector } from './watch/reflector.ts';
import { collectionPath } from './watch/watched-resources.ts';
import type { ResourceSource } from './watch/resource-source.ts';
import { createUsageApi } from './usage/usage-api.ts';
import { createUsageSampler, type UsageSampler } from './usage/usage-sampler.ts';
import { withoutUsage } from './usage/without-usage.ts';
import { getOwner } from './workload/get-owner.ts';
import { createOwnerIndex } from './workload/owner-index.ts';
import { createWorkloadResolver, type WorkloadResolver } from './workload/resolve-workload.ts';

/** The parts of a collector, wired. */
export interface AssembledCollector {
  readonly api: KubernetesApi;
  readonly sources: readonly ResourceSource[];
  readonly memories: PodMemories;
  readonly logs: LogFetcher;
  readonly usage: UsageSampler;
  readonly heartbeat: Heartbeat;
  readonly recorder: Recorder;
  readonly spool: Spool;
  readonly shipper: Shipper;
  /** Everything that makes observations, and everything that ships them. */
  readonly fieldwork: Activity;
  readonly shipments: Activity;
  /** Aborted when watching ends, when requests that are on their way are given up, and when shipping ends. */
  readonly watching: AbortController;
  readonly requests: AbortController;
  readonly shipping: AbortController;
}

const defaultSpoolBytes = 64_000_000;

export function assembleCollector(options: CollectorOptions): AssembledCollector {
  const { clock, random, logger, cluster, name, version } = options;
  const fieldwork = createActivity();
  const shipments = createActivity();
  const watching = new AbortController();
  const api = createKubernetesApi({ kubeConfig: options.kubeConfig, clock, userAgent: `mortem-collector/${version}` });
  const spool = options.spool ?? createMemorySpool({ maxBytes: defaultSpoolBytes });
  const send =
    'send' in options.server ? options.server.send : createHttpSender({ ...options.server, collector: `${name}/${version}`, clock });
  const shipper = createShipper({ spool, send, clock, random, logger, activity: shipments });
  const recording = { cluster, spool, clock, random, logger, activity: fieldwork, signal: watching.signal };
  const recorder = createRecorder({ ...recording, onAppended: (urgent) => shipper.appended(urgent) });
  const requests = new AbortController();
  const field = assembleField(options, { api, fieldwork, watching, requests, recorder });
  const sources: readonly ResourceSource[] = assembleSources(options, { ...field, api, fieldwork, watching, recorder });
  const states = () => sources.map((source) => source.state());
  const heartbeat = createHeartbeat({
    collector: name,
    recorder,
    spool,
    known: options.known,
    logs: field.logs,
    sources: states,
    clock,
    activity: fieldwork,
  });
  const parts = { ...field, api, sources, heartbeat, recorder, spool, shipper, fieldwork, shipments, watching, requests };
  return { ...parts, shipping: new AbortController() };
}

interface Ground {
  readonly api: KubernetesApi;
  readonly fieldwork: Activity;
  readonly watching: AbortController;
  readonly requests: AbortController;
  readonly recorder: Recorder;
}

interface Field {
  readonly memories: PodMemories;
  readonly resolver: WorkloadResolver;
  readonly owners: ReturnType<typeof createOwnerIndex>;
  readonly readPod: (namespace: string, name: string) => Promise<PodReading>;
  readonly logs: LogFetcher;
  readonly usage: UsageSampler;
}

/** What is known of pods and owners, and the hands that fetch logs and memory samples. */
function assembleField(options: CollectorOptions, ground: Ground): Field {
  const { api, fieldwork, watching, requests, recorder } = ground;
  const { clock, logger, tailLines = 10_000, maxLogBytes = 500_000, logConcurrency = 4 } = options;
  const { logsPerSecond = 10, logQueue = 1000 } = options;
  const owners = createOwnerIndex(clock);
  const refusedGets = createRefusedGets({ collector: options.name, recorder, clock });
  const reading = { api, slots: createSlots(logConcurrency), signal: requests.signal };
  const resolver = createWorkloadResolver({
    index: owners,
    getOwner: (owner, namespace) => getOwner({ api, signal: requests.signal, onForbidden: refusedGets }, owner, namespace),
    logger,
  });
  const readPodNow = async (namespace: string, pod: string): Promise<PodReading> => {
    const read = await readPod(reading, namespace, pod);
    if (read.kind === 'failed' && read.status === 403) await refusedGets('pods', namespace, read.reason);
    return read;
  };
  const asking = {
    requestLog: (target: LogTarget) => requestLog({ ...reading, tailLines, maxLogBytes }, target),
    readPod: readPodNow,
  };
  const logs = createLogFetcher({
    ...(options.logs === false ? withoutLogs : asking),
    workloadOf: (pod) => resolver.workloadOf(pod, 'Pod'),
    pause: (ms) => fieldwork.idleWhile(clock.sleep(ms, watching.signal)),
    recorder,
    activity: fieldwork,
    logger,
    clock,
    signal: watching.signal,
    // A fetch waits between its tries without a request on its way, so more of them than requests are begun.
    limits: { concurrency: 4 * logConcurrency, perSecond: logsPerSecond, bound: logQueue },
  });
  return { memories: createPodMemories(), resolver, owners, readPod: readPodNow, logs, usage: assembleUsage(options, ground) };
}

/** Where no pod runs, there is nothing to sample. */
function assembleUsage(options: CollectorOptions, { api, fieldwork, watching, recorder }: Ground): UsageSampler {
  if (options.usage === false || options.shard?.kind === 'unscheduled') return withoutUsage;
  return createUsageSampler({
    ...options,
    collector: options.name,
    api: createUsageApi({ api, signal: watching.signal }),
    isOneNode: options.shard?.kind === 'node',
    recorder,
    activity: fieldwork,
  });
}

function assembleSources(options: CollectorOptions, ground: Field & Omit<Ground, 'requests'>): ResourceSource[] {
  const { clock, random, logger, name } = options;
  const { api, fieldwork, watching, recorder, memories, logs } = ground;
  const onUnready = createUnreadyWatch({ memories, logs, clock, activity: fieldwork, signal: watching.signal });
  const scopes: readonly (string | undefined)[] = options.namespaces.length === 0 ? [undefined] : options.namespaces;
  return resourcesIn(options).flatMap((resource) =>
    scopes.map((namespace) => {
      const source = { resource: resource.plural, ...(namespace !== undefined && { namespace }) };
      // A pod that leaves the unscheduled ones runs: where it came to is known by the shard of its node.
      const known = options.shard?.kind === 'unscheduled' ? undefined : options.known;
      const handler = createHandler({ ...ground, known, collector: name, onUnready, clock }, resource, namespace);
      const fieldSelector = fieldSelectorOf(options.shard, resource);
      return createReflector({
        api: selectFields(api, fieldSelector),
        resource,
        ...(namespace !== undefined && { namespace }),
        handler: withinShard(ground, { shard: options.shard, resource, namespace }, handler),
        clock,
        random,
        logger,
        activity: fieldwork,
        version: options.known?.versionOf([collectionPath(resource, namespace), fieldSelector].join(' ').trim(), {
          pods: resource.plural === 'pods',
        }),
        onRefused(refusal) {
          logger.warn('source-refused', { ...source, reason: refusal.message, way: wayAround(namespace) });
          return recorder.record(forbidden(name, source, { refusal, now: clock.now() }));
        },
      });
    }),
  );
}

function wayAround(namespace: string | undefined): string {
  const narrow = namespace === undefined ? ' Rights in some namespaces only: name them with -n.' : '';
  return `"mortem doctor" says which rights are missing, and what is lost without them.${narrow}`;
}
