/** A ConfigMap or Secret that an error names. `kind` is absent where the text does not say which. */
export interface ConfigObject {
  readonly kind?: 'ConfigMap' | 'Secret';
  readonly namespace?: string;
  readonly name?: string;
  readonly key?: string;
}

export interface MissingObject {
  readonly cause: 'missing-configmap' | 'missing-secret' | 'missing-key';
  readonly matched: string;
  readonly object: ConfigObject;
}

const notFound = /\b(configmap|secret)s? \\?"([^"\\]{1,253})\\?" not found/i;
const keyNotFound = /couldn't find key (\S{1,253}) in (ConfigMap|Secret) ([^\s/]{1,253})\/([^\s,;]{1,253})/;
const volumeKeyNotFound = /references non-existent (secret|config) key: (\S{1,253})/;

function kindOf(word: string): 'ConfigMap' | 'Secret' {
  return word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}

/** The ConfigMap, Secret or key that is not there, in the wording of environment variables as in that of volumes. */
export function missingObject(message: string): MissingObject | undefined {
  const key = keyNotFound.exec(message);
  if (key !== null) {
    const [matched, keyName = '', kind = '', namespace = '', name = ''] = key;
    return { cause: 'missing-key', matched, object: { kind: kindOf(kind), namespace, name, key: keyName } };
  }
  const volumeKey = volumeKeyNotFound.exec(message);
  if (volumeKey !== null) {
    const [matched, kind = '', keyName = ''] = volumeKey;
    return { cause: 'missing-key', matched, object: { kind: kindOf(kind), key: keyName.replace(/[.,;]$/, '') } };
  }
  const object = notFound.exec(message);
  if (object === null) return undefined;
  const [matched, kind = '', name = ''] = object;
  return { cause: kindOf(kind) === 'Secret' ? 'missing-secret' : 'missing-configmap', matched, object: { kind: kindOf(kind), name } };
}
