import { repositoryOf } from '#core/incident/image.ts';
import type { Image } from '#core/incident/incident.ts';

export function imageColumns({ ref, tag, digest }: Image) {
  return { imageRef: ref, repository: repositoryOf(ref), tag: tag ?? null, digest: digest ?? null };
}

export function imageOf({ imageRef, tag, digest }: { imageRef: string; tag: string | null; digest: string | null }): Image {
  return { ref: imageRef, ...(tag === null ? {} : { tag }), ...(digest === null ? {} : { digest }) };
}

export function placeColumns(row: {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
}) {
  return { cluster: row.cluster, namespace: row.namespace, workloadKind: row.workload.kind, workloadName: row.workload.name };
}

export function placeOf(row: { cluster: string; namespace: string; workloadKind: string; workloadName: string }) {
  return { cluster: row.cluster, namespace: row.namespace, workload: { kind: row.workloadKind, name: row.workloadName } };
}
