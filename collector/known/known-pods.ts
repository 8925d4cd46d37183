import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '#core/ports.ts';
import type { PodMemory } from '../detect/pod-memory.ts';
import type { SourceVersion } from '../watch/source-version.ts';
import { createKnownJournal, readKnownJournal } from './known-journal.ts';
import { formatKnownLine, parseKnownLine, type KnownPod } from './known-line.ts';
import { knownOf } from './known-of.ts';

/** What an earlier process knew last of each pod, and what this one knows, for the next. */
export interface KnownPods {
  /** Up to when the earlier process had seen everything; undefined when there was none. */
  readonly lastAt: Date | undefined;
  /** What the earlier process knew of the pod; asked once. */
  take(uid: string): KnownPod | undefined;
  /** The pods of the namespace (of all, when undefined) that nobody took; asked once. They are known until they are forgotten. */
  takeRest(namespace: string | undefined): readonly (readonly [uid: string, pod: KnownPod])[];
  /** After everything that can be told of the state is in the spool: after a list, with what it shows of a gap. */
  remember(uid: string, memory: PodMemory): Promise<void>;
  forget(uid: string): Promise<void>;
  /** How far a source was handled; what it notes is written with the next line of the journal. */
  versionOf(source: string): SourceVersion;
  /** Up to now everything was seen. */
  stillHere(): Promise<void>;
  close(): Promise<void>;
}

export interface KnownPodsOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** See `KnownJournalOptions`. */
  readonly writeEveryMs?: number;
}

/**
 * A journal beside the spool, a line for each container that came, went or restarted. It is written after the spool and not
 * synced: after a power cut it is older than what was shipped, and says too much about the gap rather than too little.
 */
export async function openKnownPods({ dir, clock, logger, writeEveryMs }: KnownPodsOptions): Promise<KnownPods> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'known-pods.ndjson');
  const { pods: before, versions: versionsBefore, lastAt } = await readKnownJournal(path);
  /** uid → line of the journal, which is a third of the pod's size. */
  const known = new Map(before);
  const versions = new Map(versionsBefore);
  let unwritten = new Map<string, string>();
  const journal = createKnownJournal({ path, clock, logger, known, versions, upToDateAt: lastAt ?? clock.now(), writeEveryMs });
  // From the first start on, a pod that is new to the next process was born in the gap between the two.
  if (lastAt === undefined) await journal.rewrite();

  /** A version that is written late is older than what was handled, which is then handled twice and counts once. */
  function withVersions(line: string): string {
    if (unwritten.size === 0) return line;
    const told = JSON.stringify({ versions: Object.fromEntries(unwritten) });
    unwritten = new Map();
    return line === '{}' ? told : `${line.slice(0, -1)},${told.slice(1)}`;
  }

  function podOf(uid: string): KnownPod | undefined {
    const line = before.get(uid);
    return line === undefined ? undefined : parseKnownLine(line)?.pod;
  }

  return {
    lastAt,
    take(uid) {
      const pod = podOf(uid);
      before.delete(uid);
      return pod;
    },
    takeRest(namespace) {
      const rest = [...before.keys()].flatMap((uid) => {
        const pod = podOf(uid);
        return pod === undefined || (namespace !== undefined && pod.namespace !== namespace) ? [] : [[uid, pod] as const];
      });
      for (const [uid] of rest) before.delete(uid);
      return rest;
    },
    async remember(uid, memory) {
      const line = formatKnownLine(uid, knownOf(memory));
      if (known.get(uid) === line) return;
      known.set(uid, line);
      await journal.write(withVersions(line));
    },
    async forget(uid) {
      if (known.delete(uid)) await journal.write(withVersions(JSON.stringify({ uid, gone: true })));
    },
    versionOf: (source) => ({
      last: lastOf(versionsBefore.get(source), lastAt),
      note(version) {
        versions.set(source, version);
        unwritten.set(source, version);
      },
    }),
    stillHere: () => journal.write(withVersions('{}')),
    async close() {
      if (unwritten.size > 0) await journal.writeLate(withVersions('{}'));
      await journal.close();
    },
  };
}

function lastOf(version: string | undefined, at: Date | undefined): SourceVersion['last'] {
  return version === undefined || at === undefined ? undefined : { version, at };
}
