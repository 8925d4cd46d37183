import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { buildDraft, draftBlocks } from '../draft/build-draft.ts';
import type { DraftOptions } from '../draft/draft-input.ts';
import { renderMarkdown } from '../render-markdown.ts';
import { frontMatter } from './front-matter.ts';
import { slackMessage } from './slack-message.ts';
import { postedParts } from './posted-parts.ts';
import type { Target, TargetDocument } from './target.ts';

/** The draft as one target shows it best. */
export function renderDraftFor(target: Target, built: BuiltIncident, inputHash: string, options: DraftOptions = {}): TargetDocument {
  const draft = buildDraft(built, inputHash, { ...options, linksTimeline: target === 'file' });
  switch (target) {
    case 'file':
      // The title is in the front matter: a second one would be a second first-level heading (MD025).
      return {
        mediaType: 'text/markdown',
        parts: [`${frontMatter({ ...draft.input, kind: 'draft', status: 'draft' })}\n${renderMarkdown(draftBlocks(draft).slice(1))}`],
      };
    case 'github-issue':
    case 'github-pr':
    case 'gitlab':
      return postedParts(renderMarkdown(draftBlocks(draft)));
    case 'slack':
      return { mediaType: 'application/json', parts: [slackMessage(draft)] };
    default:
      return target satisfies never;
  }
}
