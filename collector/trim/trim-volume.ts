import type { PodObservation } from '#core/wire/pod.ts';
import { compact } from './compact.ts';
import { flag, isObject, object, objects, word, type Json } from './read-field.ts';

type Volume = NonNullable<PodObservation['volumes']>[number];

/** Where each kind of volume names what it needs to exist. */
const refField: Readonly<Record<string, string>> = {
  secret: 'secretName',
  configMap: 'name',
  persistentVolumeClaim: 'claimName',
  csi: 'driver',
  hostPath: 'path',
  nfs: 'server',
  image: 'reference',
};

/** Volumes by name and by what they need to exist. A projected volume gives one entry for each Secret and ConfigMap in it. */
export function trimVolumes(value: unknown): Volume[] | undefined {
  const volumes = objects(value, 128).flatMap((raw) => {
    const name = word(raw.name, 253);
    return name === undefined ? [] : trimVolume(name, raw);
  });
  return volumes.length === 0 ? undefined : volumes.slice(0, 128);
}

function trimVolume(name: string, raw: Json): Volume[] {
  const source = Object.keys(raw).find((key) => key !== 'name' && isObject(raw[key]));
  if (source === undefined) return [];
  const content = object(raw[source]);
  if (source === 'projected') return projected(name, content);
  return [
    compact({ name, source: source.slice(0, 63), ref: word(content[refField[source] ?? ''], 253), optional: flag(content.optional) }),
  ];
}

/** The volume every pod gets for its service account token says nothing about the pod. */
function projected(name: string, content: Json): Volume[] {
  const parts = name.startsWith('kube-api-access-')
    ? []
    : objects(content.sources, 128).flatMap((part) => [
        ...projectedPart(name, 'secret', part.secret),
        ...projectedPart(name, 'configMap', part.configMap),
      ]);
  return parts.length === 0 ? [{ name, source: 'projected' }] : parts;
}

function projectedPart(name: string, source: string, value: unknown): Volume[] {
  return isObject(value) ? [compact({ name, source, ref: word(value.name, 253), optional: flag(value.optional) })] : [];
}
