import type { Incident } from '#core/incident/incident.ts';
import { Layout } from './layout.tsx';

/** One incident: its timeline, as the Markdown that people copy into their own documents. */
export function IncidentPage({ incident, markdown }: { readonly incident: Incident; readonly markdown: string }) {
  const title = `${incident.id}: ${incident.workload.kind} ${incident.namespace}/${incident.workload.name}`;
  return (
    <Layout title={title}>
      <nav>
        <a href="/incidents">All incidents</a> · <a href={`/v1/incidents/${incident.id}/timeline.md`}>timeline.md</a> ·{' '}
        <a href={`/v1/incidents/${incident.id}`}>JSON</a>
      </nav>
      <h1>{title}</h1>
      <pre>{markdown}</pre>
    </Layout>
  );
}
