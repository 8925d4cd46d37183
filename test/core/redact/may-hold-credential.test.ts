import { array, assert, constantFrom, integer, oneof, property, sample, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayHoldCredential } from '#core/redact/may-hold-credential.ts';
import { redact } from '#core/redact/redact.ts';
import { redactPairs } from '#core/redact/redact-pairs.ts';
import { redactPrivateKeys } from '#core/redact/redact-private-keys.ts';
import { redactQuotedLines } from '#core/redact/redact-quoted-lines.ts';
import { redactSecretObjects } from '#core/redact/redact-secret-objects.ts';
import { redactionRules, type RedactionRule } from '#core/redact/redaction-rules.ts';
import { plantedFormats } from '../../support/planted-formats.ts';
import { cleanLines } from './support/clean-log.ts';
import { drawnFrom } from './support/drawn-from.ts';
import { planted } from './planted.ts';

const rules = redactionRules.map((rule, index) => [`${index} ${rule.id}`, rule] as const);

describe('what one look lets pass, no rule would change', () => {
  test.each(rules)('a text drawn from the expression of rule %s', (_, rule) => {
    const drawn = sample(drawnFrom(rule.pattern), 300).map((text) => withHint(rule, text));
    expect(drawn.filter((text) => applies(rule, text) && !mayHoldCredential(text))).toEqual([]);
    // Else the expression was not understood, and nothing was shown.
    expect(drawn.some((text) => applies(rule, text))).toBe(true);
  });

  const formats = [...plantedFormats.map(({ text }) => text), ...planted.map(([text]) => text)];

  test.each(formats)('a planted credential: %s', (text) => {
    expect([text, JSON.stringify(text), JSON.stringify({ msg: text })].map(mayHoldCredential)).toEqual([true, true, true]);
  });

  test('pieces of all of them, cut anywhere, escaped or not, among what applications write', () => {
    const whole = constantFrom(...formats, ...cleanLines.map((line) => line()));
    const cut = tuple(whole, integer({ min: 0, max: 120 }), integer({ min: 0, max: 120 })).map(([text, from, length]) =>
      text.slice(from, from + length),
    );
    const piece = oneof(
      cut,
      cut.map((text) => JSON.stringify(text)),
      constantFrom('\n', '=', ':', '@', '"', ' ', '\\n', '- '),
      string({ maxLength: 6 }),
    );
    assert(
      property(array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('');
        expect(mayHoldCredential(text) ? [] : changes(text)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });
});

test('what Kubernetes says of pods is let pass at one look', () => {
  const said = [
    'Back-off restarting failed container api in pod payments-api-69869d86dc-9gp79_shop(7560dce5-4338-41e3-992f-f70ad1aa8a5b)',
    'Container image "registry.example.com:5000/platform/api:2026-04-22" already present on machine and can be accessed by the pod',
    'Readiness probe failed: Get "http://10.200.1.92:8080/readyz": dial tcp 10.200.1.92:8080: connect: connection refused',
    'Successfully assigned shop/api-9dcb9b4bc-tnkjn to ip-10-0-3-17.eu-west-1.compute.internal',
    'Pulling image "docker.io/library/mongo:7.0.14"',
    'containers with unready status: [api]',
  ];
  expect(said.filter(mayHoldCredential)).toEqual([]);
  expect(said.map((text) => redact(text).counts)).toEqual(said.map(() => ({})));
});

/** Some rules look only at texts that say elsewhere what they are about. */
function withHint({ hints }: RedactionRule, text: string): string {
  return hints.some((hint) => text.includes(hint)) ? text : `${text} ${hints[0] ?? ''}`;
}

function applies({ pattern, hints }: RedactionRule, text: string): boolean {
  return hints.some((hint) => text.includes(hint)) && new RegExp(pattern).test(text);
}

/** The steps of a redaction that would change the text, or might, each by itself: where none does, all of them together do not. */
function changes(text: string): readonly string[] {
  const count = (): void => undefined;
  return [
    ...rules.flatMap(([name, rule]) => (applies(rule, text) ? [name] : [])),
    ...(redactPairs(text, count) === text ? [] : ['pairs']),
    ...(redactPrivateKeys(text, count) === text ? [] : ['private keys']),
    ...(redactQuotedLines(text, () => 'else') === text ? [] : ['quoted lines']),
    ...(redactSecretObjects(text, count) === text ? [] : ['secret objects']),
  ];
}
