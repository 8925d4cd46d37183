import { hash } from 'node:crypto';
import { findMember, membersAt, type Member, type Span } from './scan-json.ts';

/** Bytes of one Kubernetes object in JSON after what nobody reads was cut out of them. */
export interface LeanObject {
  /** Behind the object: what was cut out has moved its end forward. */
  readonly to: number;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  /**
   * Of all that is left but the version: two objects with the same hash read the same, one from a list and one from a watch too.
   * Undefined where it is not wanted, or the bytes are not in the order in which an API server writes them.
   */
  readonly rawHash: string | undefined;
}

export interface LeavingOut {
  /** Members of the metadata that nobody reads. */
  readonly unread: ReadonlySet<string>;
  /** Whether `rawHash` is wanted. */
  readonly hashed: boolean;
}

/** What an object of a watch has before its metadata, and an object of a list has not. */
const typeKeys = new Set(['kind', 'apiVersion']);

/**
 * Cuts members of the metadata out of the object that stands there, in place: `managedFields` is a third of a pod, and to parse it
 * costs as much as everything that is then done with the pod. The rest is the same JSON. Undefined, and nothing touched, where no
 * metadata is found.
 */
export function leaveOut(bytes: Buffer, object: Span, { unread, hashed }: LeavingOut): LeanObject | undefined {
  const found = findMember(bytes, object.from, 'metadata');
  const metadata = found && membersAt(bytes, found.valueFrom);
  if (found === undefined || metadata === undefined || metadata.to > object.to) return undefined;
  const kept = metadata.members.filter(({ key }) => !unread.has(key));
  const grown = joined(bytes, kept.filter(isVersion));
  const fixed = joined(
    bytes,
    kept.filter((member) => !isVersion(member)),
  );
  const between = grown.length > 0 && fixed.length > 0 ? ',' : '';
  const content = Buffer.concat([grown, Buffer.from(between), fixed, Buffer.from('}')]);
  const resourceVersion = plainText(bytes, kept, 'resourceVersion');
  const uid = plainText(bytes, kept, 'uid');
  const from = found.valueFrom + 1;
  content.copy(bytes, from);
  bytes.copyWithin(from + content.length, metadata.to, object.to);
  const to = from + content.length + object.to - metadata.to;
  const isUsual = hashed && found.before.every((key) => typeKeys.has(key));
  const rawHash = isUsual ? hashOf(bytes.subarray(from + grown.length + between.length, to)) : undefined;
  return { to, uid, resourceVersion, rawHash };
}

function isVersion({ key }: Member): boolean {
  return key === 'resourceVersion';
}

function joined(bytes: Buffer, members: readonly Member[]): Buffer {
  const pieces = members.flatMap(({ from, to }, index) => [...(index === 0 ? [] : [Buffer.from(',')]), bytes.subarray(from, to)]);
  return Buffer.concat(pieces);
}

/** Names as the API server writes them: anything else is left to the parser. */
function plainText(bytes: Buffer, members: readonly Member[], key: string): string | undefined {
  const value = members.find((member) => member.key === key)?.value;
  const text = value && bytes.toString('latin1', value.from, value.to);
  return text !== undefined && /^"[\w.:-]{1,128}"$/.test(text) ? text.slice(1, -1) : undefined;
}

/** 96 bits: enough that nobody finds a second object with the hash of a first one. */
function hashOf(bytes: Buffer): string {
  return hash('sha256', bytes, 'base64url').slice(0, 16);
}
