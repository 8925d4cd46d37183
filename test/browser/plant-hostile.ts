import type { RunningServer } from '../../functions/serve.ts';
import { rebuildWorkloads } from '../../functions/usecases/rebuild-workloads.ts';
import { at, container, deployment, ended, event, imageID, log, pod, replicaSet, waiting } from '../support/build-observations.ts';

/** What runs if any of it is taken for more than text. */
export const attack = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const longName = `${'very-long-name-'.repeat(16)}end`;

/** An incident of which every word that a cluster may choose is hostile, or too long. Returns its id. */
export async function plantHostile({ deps }: RunningServer): Promise<string> {
  const name = `web-${attack}`;
  const chain = [
    { kind: 'ReplicaSet', name: 'rs', uid: 'rs-hostile' },
    { kind: 'Deployment', name, uid: 'deploy-hostile' },
  ];
  const shared = { namespace: `shop-${longName}`, workload: { kind: 'Deployment', name, chain } };
  const own = { ...shared, uid: 'pod-hostile', name: `pod-${attack}-${longName}` };
  const image = `registry.example/${attack}/api:${attack}`;
  const crash = container({
    name: `app-${attack}`,
    image,
    imageID,
    restartCount: 1,
    state: waiting('CrashLoopBackOff', attack),
    lastState: ended('containerd://hostile', 1, 5, 20, attack),
  });
  const containers = [{ name: crash.name, role: 'app' as const, image }];
  const records = [
    deployment(0, {
      ...shared,
      name,
      uid: 'deploy-hostile',
      workload: { kind: 'Deployment', name, chain: [] },
      containers,
      changeCause: attack,
    }),
    replicaSet(0, { ...shared, name: 'rs', uid: 'rs-hostile', containers, owner: { kind: 'Deployment', name, uid: 'deploy-hostile' } }),
    pod(1, { ...own, containers: [container({ ...crash, restartCount: 0, state: waiting(attack), lastState: {} })] }),
    pod(22, { ...own, containers: [crash], message: attack }),
    event(21, {
      reason: 'BackOff',
      message: attack,
      namespace: own.namespace,
      involvedObject: { kind: 'Pod', namespace: own.namespace, name: own.name, uid: own.uid },
    }),
    log(21, 'containerd://hostile', `line one ${attack}\n[x](javascript:window.pwned=1) </code></pre>${attack}\n\u001b[31mred`, {
      ...shared,
      pod: own.name,
      podUid: own.uid,
      container: crash.name,
    }),
  ].map((record) => ({ ...record, cluster: 'hostile' }));
  const { touched } = await deps.store.indexObservations('hostile', records);
  await rebuildWorkloads(deps, touched);
  const [incident] = await deps.store.incidents({ cluster: 'hostile' });
  if (incident === undefined) throw new Error(`the hostile records of ${at(0)} make no incident`);
  return incident.id;
}
