import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '#core/ports.ts';
import type { PodMemory } from '../detect/pod-memory.ts';
import { createTurns } from '../spool/turns.ts';
import { writeAtomically } from '../spool/write-atomically.ts';
import { parseKnownLine, type KnownPod } from './known-line.ts';
import { knownOf } from './known-of.ts';

/** What an earlier process knew last of each pod, and what this one knows, for the next. */
export interface KnownPods {
  /** When the earlier process knew something last; undefined when there was none. */
  readonly lastAt: Date | undefined;
  /** What the earlier process knew of the pod; asked once. */
  take(uid: string): KnownPod | undefined;
  /** The pods of the namespace (of all, when undefined) that nobody took; asked once. */
  takeRest(namespace: string | undefined): readonly KnownPod[];
  /** After everything that can be told of the state is in the spool. */
  remember(uid: string, memory: PodMemory): Promise<void>;
  forget(uid: string): Promise<void>;
  /** Up to now everything was seen. */
  stillHere(): Promise<void>;
  close(): Promise<void>;
}

export interface KnownPodsOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The journal is rewritten when it has this many lines more than twice its pods. */
const compactAfter = 5000;

/**
 * A journal beside the spool, a line for each container that came, went or restarted. It is written after the spool and not
 * synced: after a power cut it is older than what was shipped, and says too much about the gap rather than too little.
 */
export async function openKnownPods({ dir, clock, logger }: KnownPodsOptions): Promise<KnownPods> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'known-pods.ndjson');
  const { pods: before, lastAt } = await readJournal(path);
  const known = new Map(before);
  const turns = createTurns();
  let lines = 0;
  let file: FileHandle | undefined;
  let isFailing = false;

  async function rewrite(): Promise<void> {
    await file?.close();
    file = undefined;
    const content = [...known].map(([uid, pod]) => lineFor(uid, pod)).join('');
    await writeAtomically(path, `${JSON.stringify({ at: clock.now().toISOString() })}\n${content}`);
    lines = known.size;
    file = await open(path, 'a');
  }

  /** A journal that cannot be written makes the next gap look larger; it must not stop the watching. */
  async function write(line: object): Promise<void> {
    try {
      if (file === undefined || lines > 2 * known.size + compactAfter) await rewrite();
      await file?.appendFile(`${JSON.stringify({ ...line, at: clock.now().toISOString() })}\n`);
      lines += 1;
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.warn('known-pods-not-written', { error: error instanceof Error ? error.message : String(error) });
      isFailing = true;
    }
  }

  return {
    lastAt,
    take(uid) {
      const pod = before.get(uid);
      before.delete(uid);
      return pod;
    },
    takeRest(namespace) {
      const rest = [...before].filter(([, pod]) => namespace === undefined || pod.namespace === namespace);
      for (const [uid] of rest) {
        before.delete(uid);
        known.delete(uid);
      }
      return rest.map(([, pod]) => pod);
    },
    remember: (uid, memory) =>
      turns.take(async () => {
        const pod = knownOf(memory);
        if (lineFor(uid, pod) === lineFor(uid, known.get(uid))) return;
        known.set(uid, pod);
        await write(JSON.parse(lineFor(uid, pod)));
      }),
    forget: (uid) =>
      turns.take(async () => {
        if (known.delete(uid)) await write({ uid, gone: true });
      }),
    stillHere: () => turns.take(() => write({})),
    close: () => turns.take(async () => file?.close()),
  };
}

function lineFor(uid: string, pod: KnownPod | undefined): string {
  if (pod === undefined) return '';
  const containers = Object.fromEntries([...pod.containers].map(([name, { restartCount, hasEnded }]) => [name, [restartCount, hasEnded]]));
  return `${JSON.stringify({ uid, namespace: pod.namespace, name: pod.name, containers })}\n`;
}

async function readJournal(path: string): Promise<{ pods: Map<string, KnownPod>; lastAt: Date | undefined }> {
  const pods = new Map<string, KnownPod>();
  let lastAt: Date | undefined;
  for (const text of (await readFile(path, 'utf8').catch(absent)).split('\n')) {
    const line = parseKnownLine(text);
    // A torn last line is what the process did not come to say.
    if (line === undefined) continue;
    if (line.at !== undefined) lastAt = line.at;
    if (line.uid === undefined) continue;
    if (line.pod === undefined) pods.delete(line.uid);
    else pods.set(line.uid, line.pod);
  }
  return { pods, lastAt };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
