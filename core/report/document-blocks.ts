import type { RootContent } from 'mdast';
import { buildDraft } from './draft/build-draft.ts';
import { todoList } from './draft/todo.ts';
import { heading } from './block.ts';
import type { SourcedIncident } from './incident-source.ts';
import { timelineBlocks } from './timeline/render-timeline.ts';
import type { StoredDocument } from '../store-model.ts';

/** A document as data, made of the records: reading its Markdown back would take a hundred times as long. */
export function documentBlocks(kind: StoredDocument['kind'], { built, earlier, input }: SourcedIncident): readonly RootContent[] {
  if (kind === 'timeline') return timelineBlocks(built, input);
  const { title, status, sections } = buildDraft(built, input, { earlier, linksTimeline: true });
  return [
    title,
    status,
    ...sections.flatMap(({ heading: words, generated, prompts = [] }) => [
      ...(words === undefined ? [] : [heading(2, ...words)]),
      ...generated,
      ...(prompts.length === 0 ? [] : [todoList(prompts)]),
    ]),
  ];
}
