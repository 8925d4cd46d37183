import type { Nodes } from 'mdast';
import type { Draft } from '../draft/build-draft.ts';
import { shellWord } from '../draft/shell-word.ts';
import { escapeSlack, slackText } from './slack-text.ts';

/** Sections of a draft that fit a message; the rest is one command away. */
const shown = ['summary', 'impact', 'triggers', 'actions', 'questions'];
/** Slack's own limits, in characters: text of a section, of a header; and blocks of a message. */
const longestText = 3000;
const longestHeader = 150;
const maxBlocks = 50;

interface SlackBlock {
  readonly type: 'header' | 'section' | 'context';
  readonly [field: string]: unknown;
}

/** The payload of an incoming webhook: a short form of the draft, as JSON text. */
export function slackMessage({ title, sections, input, openTodos }: Draft): string {
  const { incident } = input.built;
  const name = cut(plainText(title), longestHeader);
  const texts = shown.flatMap((wanted) => {
    const section = sections.find((item) => item.name === wanted);
    if (section === undefined) return [];
    const head = section.heading === undefined ? '' : `*${escapeSlack(section.heading.map(plainText).join(''))}*\n`;
    return chunks(`${head}${slackText(section.generated)}`);
  });
  const where = `${openTodos} open TODOs · full draft: \`mortem draft ${escapeSlack(shellWord(incident.id))}\` · timeline: \`mortem timeline ${escapeSlack(shellWord(incident.id))}\``;
  const blocks: readonly SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: name, emoji: false } },
    ...texts.slice(0, maxBlocks - 2).map((text): SlackBlock => ({ type: 'section', text: mrkdwn(text) })),
    { type: 'context', elements: [mrkdwn(where)] },
  ];
  return `${JSON.stringify({ text: escapeSlack(name), blocks }, null, 2)}\n`;
}

/** Verbatim: Slack must not look for addresses, channels and people in it. */
function mrkdwn(text: string): { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true } {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Whole lines, as many as fit. */
function chunks(text: string): readonly string[] {
  const found: string[] = [];
  for (const line of text.split('\n').map((item) => cut(item, longestText))) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= longestText) found[found.length - 1] = `${last}\n${line}`;
    else found.push(line);
  }
  return found.filter((chunk) => chunk.trim() !== '');
}

/** Never in the middle of an entity or of a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\ud800-\udbff]$/, '')}…`;
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  return 'children' in node ? node.children.map((child) => plainText(child)).join('') : '';
}
