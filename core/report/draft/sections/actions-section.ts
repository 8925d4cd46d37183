import { paragraph, table, type Cell } from '../../block.ts';
import { words } from '../../inline.ts';
import type { DraftSection } from '../draft-input.ts';
import type { Factor, Remedy } from '../factors/factor.ts';
import { absent } from '../phrases.ts';
import { todoMark } from '../todo.ts';

/** More is a wish list; nobody owns those. */
const maxActions = 3;

/** At most three things to do, each tied to a factor that is proved above. */
export function actionsSection(factors: readonly Factor[]): DraftSection {
  const rows = remedies(factors).map(({ remedy: { action, type }, number }): readonly Cell[] => [
    action,
    [words(type)],
    [words(`F${number}`)],
    [words(todoMark)],
  ]);
  return {
    name: 'actions',
    heading: [words('Candidate actions')],
    generated: [
      rows.length === 0
        ? paragraph(absent('None follows from the records alone.'))
        : table(['Action', 'Type', 'From factor', 'Owner, due, ticket'], rows),
    ],
    prompts: ['Take, change or drop each; add your own, verb first, bounded, with an owner. Record why where nothing is done.'],
  };
}

function remedies(factors: readonly Factor[]): readonly { readonly remedy: Remedy; readonly number: number }[] {
  const seen = new Set<string>();
  return factors
    .flatMap(({ remedy }, index) => {
      if (remedy === undefined || seen.has(remedy.key)) return [];
      seen.add(remedy.key);
      return [{ remedy, number: index + 1 }];
    })
    .slice(0, maxActions);
}
