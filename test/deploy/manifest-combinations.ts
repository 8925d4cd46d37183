import type { ManifestFlags } from '../../cli/input/parse-manifest-options.ts';

/** `mortem manifests` without an option. */
export const defaultFlags: ManifestFlags = {
  namespace: 'mortem',
  secret: 'mortem-collector',
  logs: true,
  nodes: true,
  usage: true,
  nodeMode: false,
  networkPolicy: false,
  podMonitor: false,
  output: 'yaml',
};
export const server = 'https://mortem.example:8443';

const both = [false, true];

/** Every combination that can be asked for. */
export const combinations: readonly ManifestFlags[] = [undefined, ['shop'], ['shop', 'payments', 'mortem']].flatMap((watchNamespaces) =>
  both.flatMap((logs) =>
    both.flatMap((nodes) =>
      both.flatMap((nodeMode) =>
        both.flatMap((podMonitor) =>
          both.flatMap((usage) =>
            [
              {},
              { server },
              { server, networkPolicy: true, cluster: 'prod-eu-1' },
              { server, networkPolicy: true, serverAudience: 'mortem' },
              { tokenAudience: 'api', namespace: 'observe', secret: 'key.of.prod' },
            ].map((rest) => ({
              ...defaultFlags,
              logs,
              nodes,
              nodeMode,
              podMonitor,
              usage,
              ...rest,
              ...(watchNamespaces && { watchNamespaces }),
            })),
          ),
        ),
      ),
    ),
  ),
);
