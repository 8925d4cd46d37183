import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '#core/ports.ts';
import type { PodMemory } from '../detect/pod-memory.ts';
import type { SourceVersion } from '../watch/source-version.ts';
import { createKnownJournal, readKnownJournal } from './known-journal.ts';
import { formatKnownLine, parseKnownLine, type KnownPod } from './known-line.ts';
import { knownOf } from './known-of.ts';
import { createSourceVersions } from './source-versions.ts';

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
  versionOf(source: string, of: { readonly pods: boolean }): SourceVersion;
  /** Writes up to when everything was seen. */
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
  const versions = createSourceVersions(versionsBefore, lastAt);
  const journal = createKnownJournal({ path, logger, known, versions: versions.all, upToDateAt: lastAt ?? clock.now(), writeEveryMs });
  // From the first start on, a pod that is new to the next process was born in the gap between the two.
  if (lastAt === undefined) await journal.rewrite();

  function write(line: string): Promise<void> {
    return journal.write(versions.addTo(line), versions.seenUpTo(clock.now()));
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
      await write(line);
    },
    async forget(uid) {
      if (known.delete(uid)) await write(JSON.stringify({ uid, gone: true }));
    },
    versionOf(source, of) {
      const version = versions.versionOf(source, of);
      return {
        ...version,
        seenUpTo(at) {
          version.seenUpTo(at);
          // A list is rare, and who is killed after it must not tell its gap again. The journal never throws.
          if (at !== 'now') void write('{}');
        },
      };
    },
    stillHere: () => write('{}'),
    async close() {
      if (versions.hasUnwritten()) await journal.write(versions.addTo('{}'));
      await journal.close();
    },
  };
}
