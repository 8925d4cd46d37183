import type { RecordedObject } from './recording.ts';

/** Which objects of a resource a request is about. */
export type ObjectScope = (object: RecordedObject) => boolean;

export type ParsedScope = { readonly ok: true; readonly scope: ObjectScope } | { readonly ok: false; readonly message: string };

interface Requirement {
  readonly key: string;
  readonly operator: '=' | '!=' | 'exists' | 'absent';
  readonly value: string;
}

/** Namespace, `fieldSelector` and `labelSelector` of a list or watch. Equality only; sets (`in`, `notin`) are refused. */
export function parseScope(namespace: string | undefined, query: URLSearchParams): ParsedScope {
  const fields = parseRequirements(query.get('fieldSelector') ?? '');
  const labels = parseRequirements(query.get('labelSelector') ?? '');
  if (fields === undefined || fields.some(({ operator }) => operator === 'exists' || operator === 'absent')) {
    return { ok: false, message: `invalid field selector: '${query.get('fieldSelector')}'; only = and != are replayed` };
  }
  if (labels === undefined) {
    return { ok: false, message: `unable to parse requirement: '${query.get('labelSelector')}'; only =, != and key are replayed` };
  }
  return {
    ok: true,
    scope: (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      fields.every((field) => holds(field, fieldOf(object, field.key.split('.')) ?? '')) &&
      labels.every((label) => holds(label, fieldOf(object, ['metadata', 'labels', label.key]))),
  };
}

function parseRequirements(selector: string): readonly Requirement[] | undefined {
  const requirements = selector
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(parseRequirement);
  return requirements.every((one) => one !== undefined) ? requirements : undefined;
}

function parseRequirement(text: string): Requirement | undefined {
  const match = /^\s*(!?)([\w./-]+)\s*(?:(==?|!=)\s*([\w./:-]*))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, not, key = '', operator, value = ''] = match;
  if (operator === undefined) return { key, operator: not === '!' ? 'absent' : 'exists', value: '' };
  return not === '!' ? undefined : { key, operator: operator === '!=' ? '!=' : '=', value };
}

function holds({ operator, value }: Requirement, found: string | undefined): boolean {
  if (operator === '=') return found === value;
  if (operator === '!=') return found !== value;
  return (operator === 'exists') === (found !== undefined);
}

function fieldOf(value: unknown, path: readonly string[]): string | undefined {
  const [key, ...rest] = path;
  if (key === undefined)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return fieldOf(Object.entries(value).find(([name]) => name === key)?.[1], rest);
}
