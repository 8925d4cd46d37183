import type { Block } from '../block.ts';
import { bullets } from '../block.ts';
import { strong, words } from '../inline.ts';

/** How an open question to people is marked, wherever it stands. */
export const todoMark = 'TODO(human)';

/** Questions only people can answer, as boxes to tick. The box is raw: the serialiser would escape its brackets. */
export function todoList(prompts: readonly string[]): Block {
  return bullets(prompts.map((prompt) => [{ type: 'html', value: '[ ]' }, words(' '), strong(words(`${todoMark}:`)), words(` ${prompt}`)]));
}
