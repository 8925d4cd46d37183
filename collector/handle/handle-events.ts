import type { EventObservation } from '#core/wire/event.ts';
import type { Draft } from '#core/wire/observation.ts';
import { probeFailureOf } from '../detect/decide-current-log.ts';
import { isEventUrgent } from '../detect/decide-urgency.ts';
import type { PodMemories } from '../detect/pod-memories.ts';
import type { LogFetcher } from '../enrich/log-fetcher.ts';
import type { Recorder } from '../recorder.ts';
import { trimEvent } from '../trim/trim-event.ts';
import { isNewer } from '../watch/compare-versions.ts';
import type { ChangeType, ListSummary, ResourceHandler } from '../watch/resource-source.ts';

export interface EventHandlerDependencies {
  readonly memories: PodMemories;
  readonly logs: LogFetcher;
  readonly recorder: Recorder;
  readonly onRelist: (list: ListSummary, gone: number) => Promise<void>;
}

/** Ships each version of each event once; a probe that fails asks for the log of the container it fails on. */
export function createEventHandler({ memories, logs, recorder, onRelist }: EventHandlerDependencies): ResourceHandler {
  /** Events have no bookmarks and expire, so a quiet watch is listed again and again: what was seen is not sent twice. */
  let newest: string | undefined;

  async function handle(draft: Draft<EventObservation> | undefined, type: ChangeType): Promise<void> {
    if (draft === undefined) return;
    await recorder.record(draft, { urgent: isEventUrgent(draft, type) });
    const failure = probeFailureOf(draft);
    const { uid } = draft.involvedObject;
    const instance = failure && uid !== undefined ? memories.takeProbed(uid, failure) : undefined;
    if (instance !== undefined) logs.request({ purpose: 'current', ...instance });
  }

  return {
    startsAfter(version) {
      newest = version;
    },
    listStarted() {},
    async listed(object) {
      const draft = trimEvent(object);
      if (newest === undefined || (draft !== undefined && isNewer(draft.resourceVersion, newest))) await handle(draft, 'ADDED');
    },
    async listEnded(list) {
      newest = list.resourceVersion;
      await onRelist(list, 0);
    },
    async changed(type, object) {
      // An event is deleted when it is an hour old, which says nothing.
      if (type === 'DELETED') return;
      const draft = trimEvent(object);
      await handle(draft, type);
      if (draft !== undefined) newest = draft.resourceVersion;
    },
  };
}
