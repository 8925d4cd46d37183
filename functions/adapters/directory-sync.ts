import { open } from 'node:fs/promises';

/**
 * Brings the entries of a directory to the disk. Who asks while a sync is under way waits for the one after it, together with all
 * others that do: it covers every entry that was made before it begins.
 */
export function createDirectorySync(sync: (path: string) => Promise<void> = syncDirectory): (path: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  async function runNext(path: string): Promise<void> {
    // Whether that one worked is told to those who waited for it.
    await running.get(path)?.catch(() => undefined);
    waiting.delete(path);
    const own = sync(path).finally(() => {
      if (running.get(path) === own) running.delete(path);
    });
    running.set(path, own);
    await own;
  }

  return (path) => {
    const next = waiting.get(path) ?? runNext(path);
    waiting.set(path, next);
    return next;
  };
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
