import { MortemError } from '#core/errors.ts';
import type { ManifestOptions } from '../../collector/install/manifest-options.ts';
import { version } from '../version.ts';

/** The flags of `mortem manifests` as commander hands them over. */
export interface ManifestFlags {
  readonly namespace: string;
  readonly watchNamespaces?: readonly string[];
  readonly server?: string;
  readonly secret: string;
  readonly cluster?: string;
  readonly image?: string;
  readonly logs: boolean;
  readonly nodes: boolean;
  readonly usage: boolean;
  readonly nodeMode: boolean;
  readonly networkPolicy: boolean;
  readonly podMonitor: boolean;
  readonly tokenAudience?: string;
  readonly serverAudience?: string;
  readonly output: 'yaml' | 'json';
}

/** @throws {MortemError} `usage` for what no cluster would take */
export function parseManifestOptions(flags: ManifestFlags): ManifestOptions {
  const { namespace, watchNamespaces = [], server, secret, cluster, tokenAudience, serverAudience, networkPolicy } = flags;
  for (const name of [namespace, ...watchNamespaces]) checkName('namespace', name, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  checkName('Secret', secret, /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);
  if (cluster !== undefined) checkName('cluster', cluster, /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/);
  if (server !== undefined) checkServer(server);
  if (networkPolicy && server === undefined) {
    throw new MortemError('usage', 'A NetworkPolicy must know where the collector sends to. Add --server URL.');
  }
  if (serverAudience !== undefined && server === undefined) {
    throw new MortemError('usage', 'With a token in place of a key there is no Secret to read the address from. Add --server URL.');
  }
  return {
    namespace,
    watchNamespaces: [...new Set(watchNamespaces)],
    secret,
    logs: flags.logs,
    nodes: flags.nodes,
    usage: flags.usage,
    nodeMode: flags.nodeMode,
    networkPolicy,
    podMonitor: flags.podMonitor,
    version,
    image: flags.image ?? `mortem-collector:${version}`,
    ...(server !== undefined && { server }),
    ...(cluster !== undefined && { cluster }),
    ...(tokenAudience !== undefined && { tokenAudience }),
    ...(serverAudience !== undefined && { serverAudience }),
  };
}

function checkName(what: string, name: string, pattern: RegExp): void {
  if (!pattern.test(name)) throw new MortemError('usage', `"${name}" is no name of a ${what}. Use lower-case letters, digits and "-".`);
}

/** A literal in the pod's arguments: a password in it would be readable by whoever may read Deployments. */
function checkServer(server: string): void {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new MortemError('usage', `"${server}" is no address of a server. Use https://HOST[:PORT].`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new MortemError('usage', 'The server address carries a credential. Leave it out: the key comes from the Secret.');
  }
}
