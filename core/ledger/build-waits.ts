import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Symptom } from '../incident/vocabulary.ts';
import { formatInstant } from '../time/instant.ts';
import type { ToldSigns } from './told-signs.ts';
import type { Wait, WaitKind } from './wait.ts';

const kinds: Partial<Record<Symptom, WaitKind>> = {
  ImagePullBackOff: 'image-pull',
  InvalidImageName: 'image-pull',
  ErrImageNeverPull: 'image-pull',
  Pending: 'pending',
  SchedulingGated: 'pending',
};

/** What kept pods of the workload from running, in order of time. */
export function buildWaits({ key, pods }: WorkloadHistory, { primary }: ToldSigns): readonly Wait[] {
  const records = new Map(pods.map(({ uid, latest }) => [uid, latest]));
  return primary
    .flatMap(({ sign, incident }) => {
      const kind = kinds[sign.symptom];
      if (kind === undefined) return [];
      const pod = records.get(sign.podUid ?? '');
      return [
        {
          kind,
          cluster: key.cluster,
          namespace: key.namespace,
          workload: { kind: key.kind, name: key.name },
          symptom: sign.symptom,
          cause: sign.cause,
          from: formatInstant(sign.from),
          incident,
          evidence: sign.evidence[0].id,
          seenAt: formatInstant(sign.lastAt),
          ...(sign.pod === undefined ? {} : { pod: sign.pod }),
          ...(sign.container === undefined ? {} : { container: sign.container.name }),
          ...(sign.image === undefined ? {} : { image: sign.image }),
          ...(pod?.revisionHash === undefined ? {} : { revisionHash: pod.revisionHash }),
          ...(pod?.node === undefined ? {} : { node: pod.node }),
          ...(sign.until === undefined ? {} : { until: formatInstant(sign.until) }),
        },
      ];
    })
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || (a.evidence < b.evidence ? -1 : 1));
}
