import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import { MortemError } from '#core/errors.ts';

/** A Kubernetes object as kubectl prints it; nothing about it is known yet but that it is an object. */
export type RawObject = Readonly<Record<string, unknown>>;

/**
 * Objects from what `kubectl get … -o json|yaml` printed: single objects, Lists, typed lists, several documents.
 *
 * @param path a file, or `-` for standard input
 * @throws {MortemError} `bad-input` for what is neither JSON nor YAML, or is the output of `kubectl describe`
 */
export async function readObjects(path: string): Promise<readonly RawObject[]> {
  const content = path === '-' ? await text(process.stdin) : await readText(path);
  const name = path === '-' ? 'standard input' : path;
  if (content.trim() === '')
    throw new MortemError('bad-input', `${name} is empty. Try: kubectl get pod,events -o json | mortem diagnose -f -`);
  if (/^Name:\s+\S+/m.test(content.slice(0, 2000)) && !/^\s*[{[]/.test(content)) {
    throw new MortemError('bad-input', `${name} looks like the output of "kubectl describe". Use instead: kubectl get pod,events -o json`);
  }
  // The columns of a table are composed for people: STATUS, for one, stands in no field of a pod.
  if (/^(?:NAMESPACE\s+)?NAME\s+READY\s+STATUS\b/m.test(content.slice(0, 2000))) {
    throw new MortemError(
      'bad-input',
      `${name} is the table that "kubectl get" prints for people. Use instead: kubectl get pod,events -o json`,
    );
  }
  return parse(content, name).flatMap((document) => flatten(document, name));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MortemError('bad-input', `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function parse(content: string, name: string): readonly unknown[] {
  if (/^\s*[{[]/.test(content)) {
    try {
      return [JSON.parse(content)];
    } catch (cause) {
      throw new MortemError('bad-input', `${name} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  const documents = parseAllDocuments(content);
  const broken = documents.flatMap((document) => document.errors)[0];
  if (broken !== undefined) throw new MortemError('bad-input', `${name} is neither JSON nor YAML: ${broken.message.split('\n')[0] ?? ''}`);
  return documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
}

/** Items of a typed list carry no kind of their own: the list's name says it. */
function flatten(value: unknown, name: string): readonly RawObject[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item, name));
  if (!isObject(value)) throw new MortemError('bad-input', `${name} holds no Kubernetes object. Try: kubectl get pod,events -o json`);
  const { kind, items } = value;
  if (!Array.isArray(items)) return [value];
  const itemKind = typeof kind === 'string' && kind.endsWith('List') && kind !== 'List' ? kind.slice(0, -'List'.length) : undefined;
  return items
    .flatMap((item) => flatten(item, name))
    .map((item) => (itemKind === undefined || 'kind' in item ? item : { kind: itemKind, ...item }));
}

export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
