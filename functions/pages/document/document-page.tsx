import type { RootContent } from 'mdast';
import type { Incident } from '#core/incident/incident.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { CopyMarkdown } from '../incident/document-actions.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { Blocks } from './blocks.tsx';
import { limitBlocks } from './limit-blocks.ts';

interface DocumentPageProps {
  readonly view: View;
  readonly incident: Incident;
  readonly kind: StoredDocument['kind'];
  readonly blocks: readonly RootContent[];
}

const names = { timeline: 'Timeline', draft: 'Post-mortem draft' } as const;

/** A document to read, to print for the meeting, and to take away as Markdown. */
export function DocumentPage({ view, incident, kind, blocks }: DocumentPageProps) {
  const base = `/incidents/${incident.id}`;
  const other = kind === 'timeline' ? 'draft' : 'timeline';
  const todos = kind === 'draft' ? JSON.stringify(blocks).split('TODO(human)').length - 1 : 0;
  return (
    <Layout title={`${names[kind]}: ${visibleLine(incident.workload.name, 253)}`} view={view} current="incidents">
      <nav class="trail" aria-label="Trail">
        <a href="/incidents">Incidents</a> <span aria-hidden="true">/</span> <a href={base}>{incident.id}</a>{' '}
        <span aria-hidden="true">/</span> {names[kind]}
      </nav>
      <div class="actions">
        <CopyMarkdown address={`${base}/${kind}.md`} label="Copy Markdown" />
        <a class="button" href={`${base}/${kind}.md`} download={`${incident.id}.${kind}.md`}>
          Download .md
        </a>
        <a class="button quiet" href={`${base}/${kind}.md`}>
          Plain Markdown
        </a>
        <a class="button quiet" href={`${base}/${other}`}>
          {names[other]}
        </a>
        {todos === 0 ? null : <span class="todo-count">{todos} questions only people can answer</span>}
      </div>
      <article class="document">
        <Blocks blocks={limitBlocks(blocks)} />
      </article>
    </Layout>
  );
}
