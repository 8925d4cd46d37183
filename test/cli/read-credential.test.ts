import { createServer } from 'node:http';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCredential } from '../../cli/read-credential.ts';
import { createHttpSender } from '../../collector/ship/http-sender.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('a token in a file is read for every request, and can have a header of its own', async () => {
  const file = join(await temporaryDirectory(), 'token');
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push([request.headers.authorization, request.headers['mortem-authorization']]);
    request.resume().on('end', () => response.writeHead(202).end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const batch = { id: 'a'.repeat(64), body: Buffer.from('x') } as never;
  const senderOf = (env: NodeJS.ProcessEnv) => createHttpSender({ url, ...readCredential(env), collector: 'test/1', clock: systemClock });

  const send = senderOf({ MORTEM_KEY_FILE: file });
  expect(await send(batch)).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('ENOENT') as string });
  for (const token of ['one', 'two']) {
    await writeFile(file, `${token}\n`);
    expect(await send(batch)).toMatchObject({ kind: 'answered', status: 202 });
  }
  await senderOf({ MORTEM_KEY: 'mk_x', MORTEM_KEY_HEADER: 'mortem-authorization' })(batch);
  expect(seen).toEqual([
    ['Bearer one', undefined],
    ['Bearer two', undefined],
    [undefined, 'Bearer mk_x'],
  ]);
});

test('none, and a header that nobody reads', () => {
  expect(() => readCredential({})).toThrow('MORTEM_KEY is not set.');
  expect(() => readCredential({ MORTEM_KEY: 'mk_x', MORTEM_KEY_HEADER: 'cookie' })).toThrow('MORTEM_KEY_HEADER is');
});
