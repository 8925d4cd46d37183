import { isObject } from '../trim/read-field.ts';
import { parseJson } from '../watch/read-body.ts';

/** How far a container was seen to come. */
export interface KnownContainer {
  readonly restartCount: number;
  /** The attempt of that number was seen to end. */
  readonly hasEnded: boolean;
}

export interface KnownPod {
  readonly namespace: string;
  readonly name: string;
  readonly containers: ReadonlyMap<string, KnownContainer>;
}

/** One line of the journal: a time alone, or a pod as it is known, or (without `pod`) one that is gone. */
export interface KnownLine {
  readonly at?: Date;
  /** How far sources were handled since the line before. */
  readonly versions?: ReadonlyMap<string, string>;
  readonly uid?: string;
  readonly pod?: KnownPod;
}

/** Undefined for what is no such line. */
export function parseKnownLine(text: string): KnownLine | undefined {
  const line = parseJson(text);
  if (!isObject(line)) return undefined;
  const time = typeof line.at === 'string' ? new Date(line.at) : undefined;
  const { uid, namespace, name, containers, versions } = line;
  const about = {
    ...(time !== undefined && !Number.isNaN(time.getTime()) && { at: time }),
    ...(isObject(versions) && { versions: new Map(Object.entries(versions).flatMap(readVersion)) }),
  };
  if (typeof uid !== 'string') return about;
  if (typeof namespace !== 'string' || typeof name !== 'string' || !isObject(containers)) return { ...about, uid };
  return { ...about, uid, pod: { namespace, name, containers: new Map(Object.entries(containers).flatMap(readContainer)) } };
}

function readVersion([source, version]: [string, unknown]): [string, string][] {
  return typeof version === 'string' ? [[source, version]] : [];
}

function readContainer([name, known]: [string, unknown]): [string, KnownContainer][] {
  const [restartCount, hasEnded]: unknown[] = Array.isArray(known) ? known : [];
  return typeof restartCount === 'number' ? [[name, { restartCount, hasEnded: hasEnded === true }]] : [];
}

/** The line that `parseKnownLine` reads. */
export function formatKnownLine(uid: string, { namespace, name, containers }: KnownPod): string {
  const known = [...containers].map(([container, { restartCount, hasEnded }]) => [container, [restartCount, hasEnded]]);
  return JSON.stringify({ uid, namespace, name, containers: Object.fromEntries(known) });
}
