import type { Redacted } from '#core/redact/redact.ts';

/** Longer texts seldom come twice. */
const longestText = 512;

/**
 * The same answers as `redact`, sooner for short texts that came before and had nothing in them. What had a credential in it is
 * not remembered. The texts that came least recently are forgotten: at most `2 * atMost` are held.
 */
export function rememberClean(redact: (text: string) => Redacted, atMost = 2000): (text: string) => Redacted {
  let recent = new Map<string, Redacted>();
  let older = new Map<string, Redacted>();

  function remember(text: string, redacted: Redacted): void {
    if (recent.size >= atMost) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, redacted);
  }

  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const seen = older.get(text) ?? redact(text);
    if (text.length <= longestText && seen.text === text) remember(text, seen);
    return seen;
  };
}
