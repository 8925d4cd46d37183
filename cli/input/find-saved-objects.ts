import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MortemError } from '#core/errors.ts';

/** Files of a dump that may hold Kubernetes objects, and those that hold logs. */
export interface SavedFiles {
  readonly objects: readonly string[];
  /** `<namespace>/<pod>/logs.txt` of `kubectl cluster-info dump`. */
  readonly dumpedLogs: readonly { readonly namespace: string; readonly pod: string; readonly path: string }[];
}

/**
 * What is in a `kubectl cluster-info dump --output-directory` folder, in a support bundle, or in a folder of saved JSON and YAML.
 * A path to a file stands for itself.
 *
 * @throws {MortemError} `bad-input` when nothing is there
 */
export async function findSavedObjects(path: string): Promise<SavedFiles> {
  const kind = await stat(path).catch((cause: unknown) => {
    throw new MortemError('bad-input', `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  if (kind.isFile()) return { objects: [path], dumpedLogs: [] };
  const names = (await readdir(path, { recursive: true })).toSorted();
  const objects = names.filter((name) => /\.(json|ya?ml)$/i.test(name)).map((name) => join(path, name));
  const dumpedLogs = names.flatMap((name) => {
    const [pod, namespace] = name.split(/[\\/]/).toReversed().slice(1);
    return /[\\/]logs\.txt$/.test(name) && pod !== undefined && namespace !== undefined ? [{ namespace, pod, path: join(path, name) }] : [];
  });
  if (objects.length === 0)
    throw new MortemError(
      'bad-input',
      `${path} holds no JSON or YAML. Try: kubectl cluster-info dump --all-namespaces --output-directory=dump`,
    );
  return { objects, dumpedLogs };
}
