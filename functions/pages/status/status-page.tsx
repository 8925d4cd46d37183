import type { BatchRow } from '#core/store-model.ts';
import { maxBatches, type ClusterStatus, type Status } from '../../usecases/read-status.ts';
import { Facts } from '../parts/facts.tsx';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { ClusterTable, isSilent } from './cluster-table.tsx';
import { NoteTable } from './note-table.tsx';
import { QuarantineTable } from './quarantine-table.tsx';

interface StatusPageProps {
  readonly view: View;
  readonly status: Status;
}

/** Whether anybody watches, how far the data reaches, and what was missed. */
export function StatusPage({ view, status: { clusters, notes, pending, quarantined } }: StatusPageProps) {
  const silent = clusters.filter((cluster) => isSilent(cluster, view.now));
  return (
    <Layout title="Status" view={view} current="status">
      <h1>Status</h1>
      <Facts
        facts={[
          ['Clusters', clusters.length === 0 ? 'none has sent anything' : String(clusters.length)],
          ['Silent for 3 min or more', silent.length === 0 ? 'none' : <span class="warning">⚠ {silent.length}</span>],
          ['Batches that wait', count(pending)],
          ['Batches set aside', quarantined.length === 0 ? 'none' : <span class="warning">⚠ {count(quarantined)}</span>],
        ]}
      />
      {clusters.length === 0 ? <NobodySends /> : <Known clusters={clusters} view={view} />}
      <section aria-labelledby="missed">
        <h2 id="missed">Not seen or not kept in the last day</h2>
        {notes.length === 0 ? <p>No gap, drop or refusal is known.</p> : <NoteTable notes={notes} />}
      </section>
      {quarantined.length === 0 ? null : (
        <section aria-labelledby="quarantined">
          <h2 id="quarantined">Batches set aside</h2>
          <p>
            They were accepted and could not be processed. Nothing of them is lost: <code>mortem redrive</code> tries them again.
          </p>
          <QuarantineTable batches={quarantined} now={view.now} />
        </section>
      )}
    </Layout>
  );
}

function count(batches: readonly BatchRow[]): string {
  return batches.length === 0 ? 'none' : `${batches.length}${batches.length >= maxBatches ? ' or more' : ''}`;
}

function Known({ clusters, view }: { readonly clusters: readonly ClusterStatus[]; readonly view: View }) {
  return (
    <section aria-labelledby="clusters">
      <h2 id="clusters">Clusters</h2>
      <ClusterTable clusters={clusters} now={view.now} />
    </section>
  );
}

function NobodySends() {
  return (
    <Notice title="No cluster sends records yet.">
      <p>Make a key, and start a collector with it:</p>
      <pre class="command" tabindex={0}>
        <code>{'export MORTEM_KEY=$(mortem keys create --cluster NAME)\nmortem collect --server URL'}</code>
      </pre>
    </Notice>
  );
}
