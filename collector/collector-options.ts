import type { KubeConfig } from '@kubernetes/client-node';
import type { Clock, Logger } from '#core/ports.ts';
import type { KnownPods } from './known/known-pods.ts';
import type { Sender, ShippingAddress } from './ship/http-sender.ts';
import type { Shard } from './shard/shard.ts';
import type { Spool } from './spool/spool.ts';

export interface CollectorOptions {
  readonly kubeConfig: KubeConfig;
  /** Where observations go: a server and the key of the cluster, or a sender of one's own. */
  readonly server: ShippingAddress | { readonly send: Sender };
  /** The cluster's name as this side knows it; the credential decides. */
  readonly cluster: string;
  /** Names this collector in coverage notes and, with the version, in the `mortem-collector` header. */
  readonly name: string;
  readonly version: string;
  /** Empty: the whole cluster, nodes included. */
  readonly namespaces: readonly string[];
  /** The part of the cluster that is collected; undefined: all of it. */
  readonly shard?: Shard;
  /** Default true; false asks for no log, and each death says why it has none. */
  readonly logs?: boolean;
  /** Default true; false watches no nodes. */
  readonly nodes?: boolean;
  /** Default true; false takes no memory samples from `metrics.k8s.io`. */
  readonly usage?: boolean;
  readonly clock: Clock;
  /** Numbers from 0 to 1, for spreading retries. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Default: in memory, 64 MB. */
  readonly spool?: Spool;
  /** How far each pod was seen to come, over restarts; default: only within the process. */
  readonly known?: KnownPods;
  /** Lines of a log that are asked for. Default 10,000. */
  readonly tailLines?: number;
  /** Bytes of a log that are kept: its end, and the last fatal lines before it. Default 500,000. */
  readonly maxLogBytes?: number;
  /** Requests for logs and pods at a time. Default 4. */
  readonly logConcurrency?: number;
  /** Logs that are begun to be fetched a second, beyond a burst of four seconds' worth. Default 10. */
  readonly logsPerSecond?: number;
  /** Logs that may wait to be fetched; beyond it the least urgent are skipped and counted. Default 1000. */
  readonly logQueue?: number;
}
