import { MortemError } from '#core/errors.ts';
import { kindOf } from '#core/report/object-name.ts';

/** What `timeline` and `draft` are asked about. */
export type Target =
  | { readonly by: 'incident'; readonly id: string }
  | { readonly by: 'pod'; readonly name: string }
  | { readonly by: 'workload'; readonly kind: string; readonly name: string };

/** @throws {MortemError} `usage` with the forms a target can have */
export function parseTarget(text: string): Target {
  if (/^INC-/i.test(text)) return { by: 'incident', id: text };
  const [resource = '', name = '', ...rest] = text.split('/');
  if (name === '' || rest.length > 0) throw unknownTarget(text);
  // A custom controller may own pods too; its kind is written as Kubernetes writes kinds.
  const kind = kindOf(resource) ?? (/^[A-Z]/.test(resource) ? resource : undefined);
  if (kind === undefined || kind === 'Node') throw unknownTarget(text);
  if (kind === 'Pod') return { by: 'pod', name };
  return { by: 'workload', kind, name };
}

function unknownTarget(text: string): MortemError {
  return new MortemError(
    'usage',
    `"${text}" is no target. Use deploy/NAME, sts/NAME, ds/NAME, job/NAME, cronjob/NAME, pod/NAME or an incident id (INC-…).`,
  );
}
