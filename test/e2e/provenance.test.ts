import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayRecording } from '../../cli/replay-recording.ts';
import { getDraft } from '../../functions/usecases/get-draft.ts';
import { listRollouts } from '../../functions/usecases/list-ledger.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import type { Recording } from '../../replay/recording.ts';
import { startTestServer, strictLogger } from '../support/replayed.ts';
import { recordingDir } from '../support/truth.ts';

/** The recorded story, as a tool would have rolled it out: what it wrote on the Deployment and on its ReplicaSets. */

let server: RunningServer;
let recording: Recording;
beforeAll(async () => {
  server = await startTestServer();
  recording = await loadRecording(recordingDir('s24-seed-story'));
});
afterAll(() => server.close());

interface Marks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** On the objects of one resource. */
function marked({ entries, ...rest }: Recording, resource: string, { labels, annotations }: Marks): Recording {
  return {
    ...rest,
    entries: entries.map((entry) => {
      if (entry.resource !== resource || entry.object.metadata.name === undefined) return entry;
      const metadata = {
        ...entry.object.metadata,
        labels: { ...(entry.object.metadata['labels'] as object | undefined), ...labels },
        annotations: { ...(entry.object.metadata['annotations'] as object | undefined), ...annotations },
      };
      return { ...entry, object: { ...entry.object, metadata } };
    }),
  };
}

async function replayed(cluster: string, marks: Marks, causes: Marks = {}) {
  const told = marked(marked(recording, 'deployments', marks), 'replicasets', causes);
  await replayRecording({ server, recording: told, cluster, pace: 'lockstep', logger: strictLogger });
  const [incident] = await server.deps.store.incidents({ cluster });
  const { parts } = await getDraft(server.deps, {}, incident!.id);
  const { items } = await listRollouts({ ledger: server.deps.ledger }, {}, { cluster, limit: 20 });
  const owner = parts[0].split('\n').find((line) => line.includes('Owning workload'));
  return { owner, draft: parts[0], mechanisms: items.map(({ mechanism: { kind: _kind, ...mechanism } }) => mechanism) };
}

test('Argo CD, a Helm chart and change causes', async () => {
  const { owner, draft, mechanisms } = await replayed(
    'argo',
    {
      labels: { 'helm.sh/chart': 'payments-api-1.4.2', 'example.com/owner': 'unlisted-label' },
      annotations: { 'argocd.argoproj.io/tracking-id': 'payments:apps/Deployment:s24/payments-api', 'example.com/note': 'unlisted-note' },
    },
    { annotations: { 'kubernetes.io/change-cause': 'release by jane@mail.example.com --token=abcdef0123456789' } },
  );
  expect(owner).toContain(', Helm chart `payments-api-1.4.2`, rolled out by `argocd` (`payments`)');
  expect(new Set(mechanisms.map((one) => JSON.stringify(one)))).toEqual(
    new Set([
      JSON.stringify({
        tool: 'argocd',
        helmChart: 'payments-api-1.4.2',
        changeCause: 'release by [address removed] --token=[REDACTED:named-pair]',
      }),
    ]),
  );
  expect(draft).not.toMatch(/unlisted|jane/);
});

test('Flux, with the revision it applied', async () => {
  const { owner, mechanisms } = await replayed('flux', {
    labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
    annotations: { 'kustomize.toolkit.fluxcd.io/revision': 'main@sha1:0123456789abcdef' },
  });
  expect(owner).toContain(', rolled out by `flux-kustomize` (`flux-system/apps`) at `main@sha1:0123456789abcdef`');
  expect(mechanisms.every(({ tool, gitRevision }) => tool === 'flux-kustomize' && gitRevision === 'main@sha1:0123456789abcdef')).toBe(true);
});
