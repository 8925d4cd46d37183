import { onTestFinished } from 'vitest';
import type { Clock } from '#core/ports.ts';
import { startServer, type RunningServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { createRecordingLogger, type RecordingLogger } from './recording-logger.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface TestServer extends RunningServer {
  readonly dataDir: string;
  /** A key of cluster `test`. */
  readonly key: string;
  readonly logger: RecordingLogger;
}

/** A real server on a free port with a database of its own, for the running test. */
export async function startTestServer(options: { readonly clock?: Clock; readonly openReads?: boolean } = {}): Promise<TestServer> {
  const dataDir = await temporaryDirectory();
  const logger = createRecordingLogger();
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger, ...options });
  onTestFinished(() => server.close());
  return { ...server, dataDir, key: await createKey(server.deps, 'test'), logger };
}
