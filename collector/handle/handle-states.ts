import type { Clock } from '#core/ports.ts';
import type { Draft } from '#core/wire/observation.ts';
import { contentHash } from '../detect/content-hash.ts';
import type { Recorder } from '../recorder.ts';
import { identifier, object as asObject, type Json } from '../trim/read-field.ts';
import type { ListSummary, ResourceHandler } from '../watch/resource-source.ts';

type StateDraft = Extract<Draft, { kind: 'workload' | 'node' }>;

export interface StateHandlerDependencies {
  readonly trim: (object: Json) => Promise<StateDraft | undefined>;
  readonly isUrgent: (draft: StateDraft) => boolean;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly onDeleted?: (uid: string) => void;
  readonly onRelist: (list: ListSummary, gone: number) => Promise<void>;
}

/** Ships a workload or a node when something in it that matters changed, and when it is deleted. */
export function createStateHandler({ trim, isUrgent, recorder, clock, onDeleted, onRelist }: StateHandlerDependencies): ResourceHandler {
  const hashes = new Map<string, string>();
  let alive = new Set<string>();

  async function handle(object: Json): Promise<void> {
    const at = clock.now();
    const draft = await trim(object);
    if (draft === undefined) return;
    const hash = contentHash(draft);
    if (hashes.get(draft.uid) === hash) return;
    hashes.set(draft.uid, hash);
    await recorder.record(draft, { urgent: isUrgent(draft), at });
  }

  async function handleDeleted(object: Json): Promise<void> {
    const at = clock.now();
    const draft = await trim(object);
    if (draft === undefined) return;
    hashes.delete(draft.uid);
    onDeleted?.(draft.uid);
    await recorder.record({ ...draft, deleted: true }, { at });
  }

  return {
    listStarted() {
      alive = new Set();
    },
    async listed(object) {
      const uid = identifier(asObject(object.metadata).uid, 128);
      if (uid !== undefined) alive.add(uid);
      await handle(object);
    },
    async listEnded(list) {
      const gone = [...hashes.keys()].filter((uid) => !alive.has(uid));
      for (const uid of gone) {
        hashes.delete(uid);
        onDeleted?.(uid);
      }
      await onRelist(list, gone.length);
    },
    changed: (type, object) => (type === 'DELETED' ? handleDeleted(object) : handle(object)),
  };
}
