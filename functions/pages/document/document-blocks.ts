import type { RootContent } from 'mdast';
import { buildDraft } from '#core/report/draft/build-draft.ts';
import { todoList } from '#core/report/draft/todo.ts';
import { heading } from '#core/report/block.ts';
import type { SourcedIncident } from '#core/report/incident-source.ts';
import { timelineBlocks } from '#core/report/timeline/render-timeline.ts';
import type { StoredDocument } from '#core/store-model.ts';

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
