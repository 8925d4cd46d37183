import type { AccessChoice } from './choose-access.ts';

/** What `mortem manifests` can be told. */
export interface ManifestOptions extends AccessChoice {
  /** Where the collector itself lives. */
  readonly namespace: string;
  readonly image: string;
  readonly version: string;
  /** Undefined: the address is read from the Secret, beside the key. */
  readonly server?: string;
  /** Secret with `key`, where no token takes its place, and `server`, where none is given. It is referred to, never written. */
  readonly secret: string;
  /** The name the collector gives the cluster in what it sends; the key decides. */
  readonly cluster?: string;
  /** A DaemonSet for pods on nodes and one replica for the rest, instead of one replica for everything. */
  readonly nodeMode: boolean;
  readonly networkPolicy: boolean;
  readonly podMonitor: boolean;
  /** Audience of the token for the API server; undefined: its own. */
  readonly tokenAudience?: string;
  /** Audience of a token for the mortem server, which takes the place of a key; undefined: a key. */
  readonly serverAudience?: string;
}

export const collectorName = 'mortem-collector';
export const operationsPort = 9464;
export const spoolDirectory = '/var/spool/mortem';
/** Holds what the collector shows the mortem server, as one file. */
export const credentialDirectory = '/var/run/secrets/mortem';

export type Component = 'collector' | 'node-collector';

/** What selects pods must never change between versions, so the version is not in it. */
export function selectorLabels(component: Component): Record<string, string> {
  return { 'app.kubernetes.io/name': 'mortem', 'app.kubernetes.io/component': component };
}

export function labels(version: string, component: Component = 'collector'): Record<string, string> {
  return {
    ...selectorLabels(component),
    'app.kubernetes.io/part-of': 'mortem',
    // An image tag may be longer and freer than a label.
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': 'mortem-manifests',
  };
}
