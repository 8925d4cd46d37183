import { bullets, heading, paragraph, table, type Block } from '#core/report/block.ts';
import { causeMeanings } from '#core/causes/cause-meanings.ts';
import { quote, strong, words } from '#core/report/inline.ts';
import { renderMarkdown } from '#core/report/render-markdown.ts';
import { rules } from '#core/rules/registry.ts';
import type { Rule } from '#core/rules/rule.ts';

/** The pages of docs/rules, by file name: made from the objects that classify, so that they cannot say anything else. */
export function ruleDocs(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', renderMarkdown(index())],
    ['causes.md', renderMarkdown(causes())],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, renderMarkdown(page(rule))]),
  ]);
}

function index(): readonly Block[] {
  const rows = rules.map((rule) => [
    [{ type: 'link' as const, url: `${rule.id}.md`, children: [words(rule.id)] }],
    rule.symptoms.flatMap((symptom, at) => [...(at === 0 ? [] : [words(' ')]), quote(symptom)]),
    [words(rule.inspectFirst.join(', '))],
    [words(rule.commonCauses.join(', '))],
    [words(rule.productionRisk)],
  ]);
  return [
    heading(1, words('Failure classes')),
    paragraph(
      words('Made by '),
      quote('npm run docs:rules'),
      words(' from '),
      quote('core/rules'),
      words('; do not edit. What each cause code means is in '),
      { type: 'link', url: 'causes.md', children: [words('causes.md')] },
      words('.'),
    ),
    table(['Rule', 'Symptoms', 'Inspect first', 'Common causes', 'Production risk'], rows),
  ];
}

function page(rule: Rule): readonly Block[] {
  const explained = rules
    .filter((other) => rule.explains.includes(other.id))
    .map((other) => [quote(other.id), words(`: ${other.title.toLowerCase()}`)]);
  return [
    heading(1, quote(rule.id)),
    paragraph(strong(words(`${rule.title}.`))),
    paragraph(
      words('Symptoms: '),
      ...rule.symptoms.flatMap((symptom, at) => [...(at === 0 ? [] : [words(', ')]), quote(symptom)]),
      words('.'),
    ),
    heading(2, words('Inspect first')),
    bullets(rule.inspectFirst.map((item) => [words(item)])),
    heading(2, words('Common causes')),
    bullets(rule.commonCauses.map((item) => [words(item)])),
    heading(2, words('Production risk')),
    paragraph(words(`${rule.productionRisk}.`)),
    heading(2, words('What to do, in this order')),
    bullets(rule.advice.map((item) => [words(item)])),
    ...(explained.length === 0
      ? []
      : [
          heading(2, words('Explains')),
          paragraph(words('For the same container or pod, these are consequences of it:')),
          bullets(explained),
        ]),
  ];
}

function causes(): readonly Block[] {
  const rows = Object.entries(causeMeanings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, meaning]) => [[{ type: 'html' as const, value: `<a id="${code}"></a>` }, quote(code)], [words(meaning)]]);
  return [
    heading(1, words('Cause codes')),
    paragraph(
      words('Stable: scripts may rely on them. '),
      quote('observed'),
      words(' means that a record says it literally, '),
      quote('derived'),
      words(' that a fixed rule over records gives it, '),
      quote('hypothesis'),
      words(' that the rule can be wrong. Besides these, '),
      quote('insufficient-<resource>'),
      words(' exists for every resource a cluster defines.'),
    ),
    table(['Code', 'Meaning'], rows),
  ];
}
