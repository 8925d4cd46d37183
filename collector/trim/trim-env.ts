import type { EnvSource } from '#core/wire/container.ts';
import { compact } from './compact.ts';
import { flag, isObject, object, objects, word, type Json } from './read-field.ts';

/** Names of the env variables, in spec order. Values never leave the cluster. */
export function envNames(spec: Json): string[] | undefined {
  const names = objects(spec.env, 256).flatMap((variable) => word(variable.name, 253) ?? []);
  return names.length === 0 ? undefined : names;
}

/** Where env variables come from: the names of Secrets, ConfigMaps and keys. */
export function envSources(spec: Json): EnvSource[] | undefined {
  const single = objects(spec.env, 256).flatMap((variable) => {
    const source = sourceOf(object(variable.valueFrom));
    return source === undefined ? [] : [compact({ env: word(variable.name, 253), ...source })];
  });
  const whole = objects(spec.envFrom, 256).flatMap((entry) => wholeSourceOf(entry) ?? []);
  const sources = [...single, ...whole].slice(0, 256);
  return sources.length === 0 ? undefined : sources;
}

function sourceOf({ secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef, fileKeyRef }: Json): EnvSource | undefined {
  if (isObject(secretKeyRef)) return keyOf('Secret', secretKeyRef, 'name');
  if (isObject(configMapKeyRef)) return keyOf('ConfigMap', configMapKeyRef, 'name');
  if (isObject(fileKeyRef)) return keyOf('File', fileKeyRef, 'volumeName');
  if (isObject(fieldRef)) return compact({ kind: 'Field' as const, key: word(fieldRef.fieldPath, 253) });
  if (isObject(resourceFieldRef)) return compact({ kind: 'ResourceField' as const, key: word(resourceFieldRef.resource, 253) });
  return undefined;
}

function wholeSourceOf({ secretRef, configMapRef }: Json): EnvSource | undefined {
  if (isObject(secretRef)) return keyOf('Secret', secretRef, 'name');
  return isObject(configMapRef) ? keyOf('ConfigMap', configMapRef, 'name') : undefined;
}

function keyOf(kind: EnvSource['kind'], raw: Json, nameField: string): EnvSource {
  return compact({ kind, name: word(raw[nameField], 253), key: word(raw.key, 253), optional: flag(raw.optional) });
}
