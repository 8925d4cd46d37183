import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { renderMarkdown } from '../render-markdown.ts';
import type { TimelineOptions } from '../timeline/document.ts';
import { timelineBlocks } from '../timeline/render-timeline.ts';
import { frontMatter } from './front-matter.ts';
import { postedParts } from './posted-parts.ts';
import type { Target, TargetDocument } from './target.ts';

/** A message is too short for a timeline: Slack gets the draft's summary, which names the command that prints it. */
export const timelineTargets = ['file', 'github-issue', 'github-pr', 'gitlab'] as const satisfies readonly Target[];
export type TimelineTarget = (typeof timelineTargets)[number];

export function isTimelineTarget(text: string): text is TimelineTarget {
  return timelineTargets.some((target) => target === text);
}

/** The timeline as one target shows it best. */
export function renderTimelineFor(
  target: TimelineTarget,
  built: BuiltIncident,
  inputHash: string,
  options: TimelineOptions = {},
): TargetDocument {
  const [title, ...body] = timelineBlocks(built, inputHash, options);
  if (target !== 'file') return postedParts(renderMarkdown([title, ...body]));
  const head = frontMatter({ kind: 'timeline', built, inputHash, status: built.incident.status });
  return { mediaType: 'text/markdown', parts: [`${head}\n${renderMarkdown(body)}`] };
}
