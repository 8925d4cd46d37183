import { managedFields } from './managed-fields.ts';
import { at, containerNames, hexOf, podNames, uidOf, type PodPlace, type PodStage } from './synthetic-names.ts';
import { podSpec } from './synthetic-spec.ts';
import { podStatus } from './synthetic-status.ts';

const going = new Set(['deleting', 'ended', 'deleted']);
const templates = new Map<PodStage, readonly string[]>();

/**
 * A pod of three containers as an API server sends it, managedFields included: 17 KB of JSON once it runs. It is filled into a
 * template, so that the API has no trouble to keep up with who reads it.
 */
export function syntheticPod({ slot, generation, stage, resourceVersion, touches = 0 }: PodPlace): string {
  const { name, namespace, deployment, replicaSet, hash } = podNames(slot, generation);
  const values: Readonly<Record<string, string>> = {
    name,
    namespace,
    app: deployment,
    replicaSet,
    hash,
    uid: uidOf('pod', slot, generation),
    owner: uidOf('rs', slot - (slot % 10), generation),
    version: resourceVersion,
    touches: String(touches),
    tag: tagOf(generation),
    node: `node-${slot % 200}`,
    host: `192.168.0.${slot % 200}`,
    ip: `10.${(slot >> 16) & 255}.${(slot >> 8) & 255}.${slot & 255}`,
    ...Object.fromEntries(containerNames.map((container) => [`${container}-id`, hexOf(`${container} ${slot} ${generation}`, 64)])),
  };
  const parts = templates.get(stage) ?? JSON.stringify(podTemplate(stage)).split('%');
  templates.set(stage, parts);
  // Between every two signs stands the name of a value.
  return parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? ''))).join('');
}

export function tagOf(generation: number): string {
  return `2026-11-${String((generation % 28) + 1).padStart(2, '0')}`;
}

function podTemplate(stage: PodStage): object {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: '%name%',
      generateName: '%replicaSet%-',
      namespace: '%namespace%',
      uid: '%uid%',
      resourceVersion: '%version%',
      generation: 1,
      creationTimestamp: at(0),
      ...(going.has(stage) ? { deletionTimestamp: at(600), deletionGracePeriodSeconds: 30 } : {}),
      labels: {
        app: '%app%',
        'app.kubernetes.io/name': '%app%',
        'app.kubernetes.io/part-of': 'bench',
        'pod-template-hash': '%hash%',
        team: 'platform',
      },
      annotations: {
        'kubernetes.io/config.seen': at(1),
        'checksum/config': hexOf('config', 64),
        'sidecar.istio.io/status': JSON.stringify({ containers: ['proxy'], volumes: ['workload-socket', 'credential-socket'] }),
        'prometheus.io/scrape': 'true',
        'example.com/seen': '%touches%',
      },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: '%replicaSet%', uid: '%owner%', controller: true, blockOwnerDeletion: true },
      ],
      managedFields: managedFields(stage),
    },
    spec: podSpec('%app%', '%tag%', stage === 'created' ? undefined : '%node%'),
    status: podStatus(stage),
  };
}
