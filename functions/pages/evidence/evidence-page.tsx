import type { Incident } from '#core/incident/incident.ts';
import { visibleLine, visibleText } from '#core/report/visible-text.ts';
import { rules } from '#core/rules/registry.ts';
import type { Observation } from '#core/wire/observation.ts';
import { podAddress } from '../incident/pod-links.tsx';
import { Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { describeRecord } from './describe-record.ts';

export interface EvidenceItem {
  readonly evidenceId: string;
  readonly observation: Observation;
  /** Those that cite it: several where workloads share the record, as that of a node. */
  readonly incidents: readonly Incident[];
}

interface EvidencePageProps {
  readonly view: View;
  readonly asked: string;
  readonly items: readonly EvidenceItem[];
}

/** More of a record than a person scrolls through; the JSON address has it all. */
const maxCharacters = 80_000;

/** The record behind a statement, as it was received, and what rests on it. */
export function EvidencePage({ view, asked, items }: EvidencePageProps) {
  const title = `Evidence ${items.length === 1 ? (items[0]?.evidenceId ?? asked) : asked}`;
  return (
    <Layout title={title} view={view} current="incidents">
      <nav class="trail" aria-label="Trail">
        <a href="/incidents">Incidents</a> <span aria-hidden="true">/</span> Evidence
      </nav>
      <h1 class="mono">{title}</h1>
      {items.length > 1 ? <Notice title={`${items.length} records have an id that starts so.`} /> : null}
      {items.map((item) => (
        <Record item={item} view={view} />
      ))}
    </Layout>
  );
}

function Record({ item: { evidenceId, observation, incidents }, view }: { readonly item: EvidenceItem; readonly view: View }) {
  const { kind, source, object, pod } = describeRecord(observation);
  return (
    <section class="record" id={evidenceId.toLowerCase()} aria-label={evidenceId}>
      <Facts
        facts={[
          ['Record', kind],
          [
            'About',
            pod === undefined ? (
              <code>{visibleLine(object, 253)}</code>
            ) : (
              <a href={podAddress(observation.cluster, pod)}>{visibleLine(object, 253)}</a>
            ),
          ],
          ['Source', source],
          ['Cluster', visibleLine(observation.cluster, 253)],
          ['Observed', <Moment at={Date.parse(observation.observedAt)} now={view.now} />],
          ['Content hash', <code class="hash">{observation.id}</code>],
        ]}
      />
      {incidents.length === 0 ? <p>No incident is opened by this record, or cites it among its first.</p> : null}
      {incidents.map((incident) => (
        <CitedBy incident={incident} evidenceId={evidenceId} />
      ))}
      {observation.kind === 'log' ? <LogText text={observation.text} missing={observation.missing?.reason} /> : null}
      <h2>{observation.kind === 'log' ? 'The record around it' : 'The record'}</h2>
      <RawRecord observation={observation} />
      <p class="actions">
        <a class="button quiet" href={`/evidence/${evidenceId}.json`}>
          JSON
        </a>
      </p>
    </section>
  );
}

function CitedBy({ incident, evidenceId }: { readonly incident: Incident; readonly evidenceId: string }) {
  const { id, workload, chapters } = incident;
  const citing = chapters.filter(({ evidence }) => evidence.some((cited) => cited === evidenceId));
  return (
    <div class="cited">
      <p>
        Cited by <a href={`/incidents/${id}`}>{visibleLine(workload.name, 253)}</a>, incident <code>{id}</code>
        {citing.length === 0 ? '.' : ':'}
      </p>
      {citing.length === 0 ? null : (
        <ul>
          {citing.map((chapter) => (
            <li>
              <a href={`/incidents/${id}#chapter-${chapters.indexOf(chapter) + 1}`}>
                {chapter.symptom} in {chapter.phase}
              </a>
              : <code>{visibleLine(chapter.cause, 80)}</code> ({chapter.basis}), by the rule “{titleOfRule(chapter.rule)}”
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function titleOfRule(id: string): string {
  return rules.find((rule) => rule.id === id)?.title ?? visibleLine(id, 80);
}

function LogText({ text, missing }: { readonly text: string | undefined; readonly missing: string | undefined }) {
  if (text === undefined)
    return <Notice title="There is no log.">{missing === undefined ? null : <p>The API said: {visibleLine(missing, 600)}</p>}</Notice>;
  const left = text.length - maxCharacters;
  return (
    <>
      <h2>Log</h2>
      {left > 0 ? (
        <p class="muted">
          The last {maxCharacters} of {text.length} characters.
        </p>
      ) : null}
      <pre class="code log" tabindex={0}>
        <code>{visibleText(text.slice(-maxCharacters))}</code>
      </pre>
    </>
  );
}

function RawRecord({ observation }: { readonly observation: Observation }) {
  const shown =
    observation.kind === 'log' && observation.text !== undefined
      ? { ...observation, text: `(${observation.text.length} characters, above)` }
      : observation;
  const json = JSON.stringify(shown, null, 2);
  return (
    <pre class="code" tabindex={0}>
      <code>
        {visibleText(json.slice(0, maxCharacters))}
        {json.length > maxCharacters ? `\n… ${json.length - maxCharacters} more characters: see the JSON` : ''}
      </code>
    </pre>
  );
}
