import { isMarker, marker } from './marker.ts';
import { mayHoldCredential } from './may-hold-credential.ts';
import { redactPairs } from './redact-pairs.ts';
import { redactPrivateKeys } from './redact-private-keys.ts';
import { redactQuotedLines } from './redact-quoted-lines.ts';
import { redactSecretObjects } from './redact-secret-objects.ts';
import { redactionRules, type RedactionRule } from './redaction-rules.ts';

export type RedactionCounts = Readonly<Record<string, number>>;

export interface Redacted {
  readonly text: string;
  /** How often each rule replaced something; empty when nothing was. */
  readonly counts: RedactionCounts;
}

const nothing: RedactionCounts = {};

/** Taking one secret can bare another beside it. Each pass shortens what is left, so a few are enough. */
const maxPasses = 5;

/**
 * Replaces credentials by `[REDACTED:<rule>]`: private keys first, then what is known by its place or its form, then named pairs.
 * Linear in the length of the text, keeps its lines, changes nothing else, and does nothing to its own output.
 */
export function redact(text: string): Redacted {
  if (!mayHoldCredential(text)) return { text, counts: nothing };
  let current = text;
  const counts: Record<string, number> = {};
  for (let pass = 0; pass < maxPasses; pass++) {
    const next = redactOnce(current, (rule) => {
      counts[rule] = (counts[rule] ?? 0) + 1;
    });
    if (next === current) break;
    current = next;
  }
  return { text: current, counts };
}

function redactOnce(text: string, count: (rule: string) => void): string {
  const withoutKeys = redactPrivateKeys(text, count);
  const unquoted = redactQuotedLines(withoutKeys, (inner) => redactPlain(inner, count));
  return redactPlain(unquoted, count);
}

function redactPlain(text: string, count: (rule: string) => void): string {
  const withoutKeys = redactPrivateKeys(text, count);
  const withoutSecrets = redactSecretObjects(withoutKeys, count);
  const withoutForms = redactionRules.reduce((current, rule) => applyRule(current, rule, count), withoutSecrets);
  return redactPairs(withoutForms, count);
}

function applyRule(text: string, rule: RedactionRule, count: (rule: string) => void): string {
  if (!rule.hints.some((hint) => text.includes(hint)) || rule.opening?.test(text) === false) return text;
  return text.replace(rule.pattern, (match: string, ...groups: unknown[]) => {
    const [kept, inner] = groups;
    const paired = typeof kept === 'string' && typeof inner === 'string';
    const secret = paired ? inner : match;
    if (isMarker(secret) || rule.accepts?.(secret) === false) return match;
    count(rule.id);
    return (paired ? kept : '') + marker(rule.id);
  });
}

export function addCounts(a: RedactionCounts, b: RedactionCounts): RedactionCounts {
  if (Object.keys(b).length === 0) return a;
  const sum: Record<string, number> = { ...a };
  for (const [rule, times] of Object.entries(b)) sum[rule] = (sum[rule] ?? 0) + times;
  return sum;
}
