import { managedFields } from './managed-fields.ts';
import { at, hexOf, podNames, uidOf, type PodPlace } from './synthetic-names.ts';
import { podSpec } from './synthetic-spec.ts';
import { podStatus } from './synthetic-status.ts';

const going = new Set(['deleting', 'ended', 'deleted']);

/**
 * A pod of three containers as an API server sends it, managedFields included: 17 KB once it runs. Names, uids and times follow
 * from its place, so that two runs see the same bytes.
 */
export function syntheticPod({ slot, generation, stage, resourceVersion }: PodPlace): object {
  const { name, namespace, deployment: app, replicaSet, hash } = podNames(slot, generation);
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      generateName: `${replicaSet}-`,
      namespace,
      uid: uidOf('pod', slot, generation),
      resourceVersion,
      generation: 1,
      creationTimestamp: at(generation, 0),
      ...(going.has(stage) ? { deletionTimestamp: at(generation, 600), deletionGracePeriodSeconds: 30 } : {}),
      labels: { app, 'app.kubernetes.io/name': app, 'app.kubernetes.io/part-of': 'bench', 'pod-template-hash': hash, team: 'platform' },
      annotations: {
        'kubernetes.io/config.seen': at(generation, 1),
        'checksum/config': hexOf(`config ${app} ${generation}`, 64),
        'sidecar.istio.io/status': JSON.stringify({
          initContainers: [],
          containers: ['proxy'],
          volumes: ['workload-socket', 'credential-socket'],
        }),
        'prometheus.io/scrape': 'true',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: replicaSet,
          uid: uidOf('rs', slot - (slot % 10), generation),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(stage, generation),
    },
    spec: podSpec(app, generation, stage === 'created' ? undefined : `node-${slot % 200}`),
    status: podStatus({ slot, generation, stage, resourceVersion }, app),
  };
}
