import type { Incident } from '#core/incident/incident.ts';
import { Layout } from './layout.tsx';

export function IncidentListPage({ incidents }: { readonly incidents: readonly Incident[] }) {
  return (
    <Layout title="Incidents">
      <h1>Incidents</h1>
      {incidents.length === 0 ? <p>No incident is known.</p> : <IncidentTable incidents={incidents} />}
    </Layout>
  );
}

function IncidentTable({ incidents }: { readonly incidents: readonly Incident[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th>Onset</th>
          <th>Status</th>
          <th>Cluster</th>
          <th>Workload</th>
          <th>Symptoms</th>
          <th>Incident</th>
        </tr>
      </thead>
      <tbody>
        {incidents.map((incident) => (
          <tr>
            <td>{incident.onsetAt}</td>
            <td class={incident.status}>{incident.status}</td>
            <td>{incident.cluster}</td>
            <td>
              {incident.namespace}/{incident.workload.kind}/{incident.workload.name}
            </td>
            <td>{incident.chapters.map(({ symptom }) => symptom).join(', ')}</td>
            <td>
              <a href={`/incidents/${incident.id}`}>{incident.id}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
