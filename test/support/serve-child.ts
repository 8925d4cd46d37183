import { startServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';

// A server in a process of its own, so that a test can kill it. Bundled before it runs: Node does not read .tsx.
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const server = await startServer({ dataDir: process.argv[2] ?? '', port: 0, host: '127.0.0.1', logger });
process.on('message', () => {
  void server.idle().then(() => process.send?.('idle'));
});
process.send?.({ url: server.url, key: await createKey(server.deps, 'test') });
