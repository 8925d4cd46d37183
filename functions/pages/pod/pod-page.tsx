import { podSegments } from '#core/report/swimlane/pod-segments.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import type { PodRecords } from '../../usecases/read-pod.ts';
import { Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { ContainerCard } from './container-card.tsx';
import { DeathLogs } from './death-logs.tsx';
import { EventTable } from './event-table.tsx';
import { LifeBar } from './life-bar.tsx';

interface PodPageProps extends PodRecords {
  readonly view: View;
}

/** One pod: its life phase by phase, its containers and how they died, its events and logs. */
export function PodPage({ view, pod, history, incidents }: PodPageProps) {
  return (
    <Layout title={`Pod ${visibleLine(pod.name, 253)}`} view={view} current="incidents">
      <nav class="trail" aria-label="Trail">
        <a href="/incidents">Incidents</a> <span aria-hidden="true">/</span> Pod
      </nav>
      <h1>{visibleLine(pod.name, 253)}</h1>
      <p class="place">
        Pod of {visibleLine(history.key.kind, 63)} {visibleLine(history.key.name, 253)} · {visibleLine(pod.namespace, 253)} ·{' '}
        {visibleLine(history.key.cluster, 253)}
      </p>
      <PodFacts pod={pod} view={view} />
      <section aria-labelledby="incidents">
        <h2 id="incidents">Incidents</h2>
        <PodIncidents incidents={incidents} view={view} />
      </section>
      <section aria-labelledby="life">
        <h2 id="life">Its life</h2>
        <LifeBar segments={podSegments(pod, [], history.now)} />
      </section>
      <section aria-labelledby="containers">
        <h2 id="containers">Containers</h2>
        {pod.containers.map((container) => (
          <ContainerCard container={container} />
        ))}
      </section>
      <section aria-labelledby="events">
        <h2 id="events">Events</h2>
        <EventTable events={pod.events} />
      </section>
      <section aria-labelledby="logs">
        <h2 id="logs">Logs of containers that died</h2>
        <DeathLogs pod={pod} history={history} />
      </section>
    </Layout>
  );
}

function PodFacts({ pod: { createdAt, latest }, view }: Pick<PodPageProps, 'pod' | 'view'>) {
  return (
    <Facts
      facts={[
        ['Created', <Moment at={createdAt} now={view.now} />],
        ['Phase', latest.deleted === true ? 'deleted' : visibleLine(latest.phase ?? 'unknown', 40)],
        ['Node', latest.node === undefined ? 'none yet' : visibleLine(latest.node, 253)],
        ['Revision', latest.revisionHash === undefined ? 'none' : visibleLine(latest.revisionHash, 63)],
        ['QoS', visibleLine(latest.qosClass ?? 'unknown', 20)],
        ['Restart policy', visibleLine(latest.restartPolicy ?? 'unknown', 20)],
      ]}
    />
  );
}

function PodIncidents({ incidents, view }: Pick<PodPageProps, 'incidents' | 'view'>) {
  if (incidents.length === 0) return <p>It is part of no incident.</p>;
  return (
    <ul class="plain">
      {incidents.map((incident) => (
        <li>
          <StatusBadge incident={incident} />{' '}
          <a href={`/incidents/${incident.id}`}>{incident.chapters.map(({ symptom }) => symptom).join(', ')}</a>{' '}
          <Moment at={Date.parse(incident.onsetAt)} now={view.now} />
        </li>
      ))}
    </ul>
  );
}
