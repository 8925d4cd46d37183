import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { renderMarkdown } from '../render-markdown.ts';
import { buildDraft, draftBlocks } from './build-draft.ts';
import type { DraftOptions } from './draft-input.ts';

/**
 * The post-mortem draft: facts, each with the record that shows it, and questions to people. The same input gives the same
 * bytes. Generated parts lie between marks, so that an update knows what nobody has edited.
 *
 * @param inputHash SHA-256 over the observations the incident was made from
 */
export function renderDraft(built: BuiltIncident, inputHash: string, options: DraftOptions = {}): string {
  return renderMarkdown(draftBlocks(buildDraft(built, inputHash, options)));
}
