/** Words that judge, blame, or claim a cause. Nothing generated may say them; what people write is theirs. */
const forbidden = /\b(?:root[ -]causes?|caused by|human errors?|mistakes?|should have|faults? of|outages?|obviously|clearly)\b/gi;

/** @param text without what it quotes */
export function forbiddenPhrases(text: string): readonly string[] {
  return (text.match(forbidden) ?? []).map((phrase) => phrase.toLowerCase());
}
