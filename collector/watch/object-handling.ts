import { identifier, object as asObject, type Json } from '../trim/read-field.ts';
import type { Handling, HandlingWindow } from './handling-window.ts';
import type { WatchReading } from './read-watch.ts';
import type { ResourceHandler } from './resource-source.ts';
import type { WatchedResource } from './watched-resources.ts';

/** How the objects of a source are read: what its handler knows, as long as nothing about the object is still being handled. */
export function readingOf(
  { resource, handler }: { readonly resource: WatchedResource; readonly handler: ResourceHandler },
  window: HandlingWindow,
): WatchReading {
  const knows = handler.knows?.bind(handler);
  return {
    unread: resource.unread,
    hashed: knows !== undefined,
    knows: knows && ((uid, rawHash) => !window.isBusy(uid) && knows(uid, rawHash)),
  };
}

/**
 * The handling of one object, begun once. From then on it does not hold the object, which is large: the disk takes its time, and
 * what lives that long costs the garbage collector most.
 *
 * @param onFault told what `handle` throws: one object that cannot be handled must not stop the others
 */
export function objectHandling(
  object: Json,
  handle: (object: Json) => Promise<void>,
  onFault: (error: unknown) => void,
): Pick<Handling, 'key' | 'work'> {
  let held: Json | undefined = object;

  /** Not async: a function that waits keeps what it was called with. */
  function begin(): Promise<void> | undefined {
    const taken = held;
    held = undefined;
    return taken && handle(taken);
  }

  return {
    key: identifier(asObject(object.metadata).uid, 128),
    async work() {
      try {
        await begin();
      } catch (error) {
        onFault(error);
      }
    },
  };
}
