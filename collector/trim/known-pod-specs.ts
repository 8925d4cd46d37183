import { rememberText } from '#core/wire/canonical-text.ts';
import { createRecent } from '../recent.ts';
import { isObject, object, type Json } from './read-field.ts';
import { trimPodSpec, type TrimmedPodSpec } from './trim-pod-spec.ts';

/** Specs that come again and again with the same bytes are trimmed once, and not even parsed again. */
export interface KnownSpecs {
  /** What may stand in an object for a spec whose bytes have this hash. */
  standIn(hash: string): object | undefined;
  /** The spec was parsed of bytes with this hash. */
  learn(spec: unknown, hash: string): void;
}

/** A spec that was trimmed before. Not the spec itself: there are values of env variables in it, and it is large. */
interface KnownSpec {
  readonly trimmed: TrimmedPodSpec;
  isWritten: boolean;
}

/** For some dozen pods at once: the states of a pod come within seconds. */
const known = createRecent<object>(16);
const hashes = new WeakMap<object, string>();
const standIns = new WeakMap<object, KnownSpec>();

export const knownPodSpecs: KnownSpecs = {
  standIn: (hash) => known.get(hash),
  learn(spec, hash) {
    if (isObject(spec)) hashes.set(spec, hash);
  },
};

/** A pod's spec or what stands in for it, trimmed once for all its states. What it gives is frozen, and its texts are made when it comes again. */
export function trimKnownSpec(spec: Json): TrimmedPodSpec {
  const before = standIns.get(spec);
  if (before !== undefined) {
    if (!before.isWritten) rememberTexts(before.trimmed);
    before.isWritten = true;
    return before.trimmed;
  }
  const trimmed = trimPodSpec(spec);
  const hash = hashes.get(spec);
  if (hash !== undefined) {
    const standIn = object({});
    standIns.set(standIn, { trimmed, isWritten: false });
    known.set(hash, standIn);
  }
  return trimmed;
}

/** Not of whole containers: a container is its spec and its status in one. */
function rememberTexts({ fields, containers }: TrimmedPodSpec): void {
  const trimmed = Object.values(containers).flatMap((list) => [...list.values()].map((container) => container.trimmed));
  for (const shared of [fields, ...trimmed]) {
    for (const part of Object.values(shared)) if (typeof part === 'object' && part !== null) rememberText(part);
  }
}
