import type { EventObservation } from '#core/wire/event.ts';
import type { Draft } from '#core/wire/observation.ts';
import { compact } from './compact.ts';
import { count, identifier, isObject, object, text, time, word, type Json } from './read-field.ts';
import { identityOf } from './trim-identity.ts';

/**
 * An Event, core/v1 or events.k8s.io/v1, in one shape.
 *
 * @returns undefined when the event or what it is about cannot be named; never throws, and never gives what the wire would reject.
 */
export function trimEvent(raw: unknown): Draft<EventObservation> | undefined {
  const event = object(raw);
  const identity = identityOf(event);
  const involvedObject = trimInvolvedObject(isObject(event.involvedObject) ? event.involvedObject : object(event.regarding));
  if (identity === undefined || involvedObject === undefined) return undefined;
  const { metadata, name, uid, resourceVersion, createdAt } = identity;
  const namespace = identifier(metadata.namespace, 253) ?? involvedObject.namespace ?? 'default';
  return {
    kind: 'event',
    namespace,
    name,
    uid,
    resourceVersion,
    involvedObject,
    reason: text(event.reason, 1024) ?? '',
    type: text(event.type, 16) ?? '',
    message: text(event.message, 16_384) ?? text(event.note, 16_384) ?? '',
    ...compact({
      action: word(event.action, 128),
      count: count(event.count) ?? count(event.deprecatedCount),
      series: trimSeries(event.series),
      firstTimestamp: time(event.firstTimestamp) ?? time(event.deprecatedFirstTimestamp),
      lastTimestamp: time(event.lastTimestamp) ?? time(event.deprecatedLastTimestamp),
      eventTime: time(event.eventTime),
      createdAt,
    }),
    source: trimSource(event),
  };
}

function trimInvolvedObject(raw: Json): EventObservation['involvedObject'] | undefined {
  const kind = identifier(raw.kind, 63);
  const name = identifier(raw.name, 253);
  if (kind === undefined || name === undefined) return undefined;
  const namespace = identifier(raw.namespace, 253);
  return compact({ kind, namespace, name, uid: identifier(raw.uid, 128), fieldPath: word(raw.fieldPath, 512) });
}

function trimSeries(value: unknown): EventObservation['series'] {
  const { count: times, lastObservedTime } = object(value);
  const seriesCount = count(times);
  return seriesCount === undefined ? undefined : compact({ count: seriesCount, lastObservedTime: time(lastObservedTime) });
}

/** The scheduler leaves `source` empty and names itself as the reporting controller. */
function trimSource(event: Json): EventObservation['source'] {
  const source = isObject(event.source) ? event.source : object(event.deprecatedSource);
  return compact({
    component: word(source.component, 253) ?? word(event.reportingComponent, 253) ?? word(event.reportingController, 253),
    host: word(source.host, 253),
  });
}
