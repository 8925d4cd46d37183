import { identifier, object, time, type Json } from './read-field.ts';

/** What names one object of the cluster at one moment. */
export interface ObjectIdentity {
  readonly metadata: Json;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly createdAt: string | undefined;
}

/** Undefined when name or uid are unusable: without them nothing can be said about the object. Saved JSON may lack the version. */
export function identityOf(raw: unknown): ObjectIdentity | undefined {
  const metadata = object(object(raw).metadata);
  const name = identifier(metadata.name, 253);
  const uid = identifier(metadata.uid, 128);
  if (name === undefined || uid === undefined) return undefined;
  const resourceVersion = identifier(metadata.resourceVersion, 64) ?? '0';
  return { metadata, name, uid, resourceVersion, createdAt: time(metadata.creationTimestamp) };
}
