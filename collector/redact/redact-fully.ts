import { addCounts, type RedactionCounts } from '#core/redact/redact.ts';
import { redactDraft } from '#core/redact/redact-draft.ts';
import type { Draft } from '#core/wire/observation.ts';
import { redactKnown } from '#core/redact/redact-known.ts';
import { catchRest } from './second-net.ts';

export interface RedactedDraft {
  readonly draft: Draft;
  /** Replacements in the whole draft, by rule. */
  readonly counts: RedactionCounts;
}

/** The last thing that happens to a draft before the disk: the rules, and for logs the second net. */
export async function redactFully(draft: Draft): Promise<RedactedDraft> {
  const first = redactDraft(draft, redactKnown);
  if (first.draft.kind !== 'log' || first.draft.text === undefined) return first;
  const { text, counts } = await catchRest(first.draft.text);
  if (Object.keys(counts).length === 0) return first;
  return {
    draft: { ...first.draft, text, redactions: addCounts(first.draft.redactions ?? {}, counts) },
    counts: addCounts(first.counts, counts),
  };
}
