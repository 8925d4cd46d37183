import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './write-atomically.ts';

/** One file of the spool that is being written. */
export interface SegmentFile {
  /** Writes all the bytes at this place and resolves when they are on the disk. */
  write(bytes: Uint8Array, at: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenSegmentFile = (path: string) => Promise<SegmentFile>;

/** Creates the file, or opens it as it is; its name is durable when it resolves. */
export const openSegmentFile: OpenSegmentFile = async (path) => {
  const file = await open(path, 'a+', 0o600).then(async (created) => {
    await created.close();
    return open(path, 'r+');
  });
  await syncFolder(dirname(path));
  return {
    async write(bytes, at) {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
      await file.datasync();
    },
    close: () => file.close(),
  };
};
