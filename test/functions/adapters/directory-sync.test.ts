import { expect, test } from 'vitest';
import { createDirectorySync } from '../../../functions/adapters/directory-sync.ts';

function controlled() {
  const begun: PromiseWithResolvers<void>[] = [];
  const paths: string[] = [];
  const sync = createDirectorySync((path) => {
    const run = Promise.withResolvers<void>();
    begun.push(run);
    paths.push(path);
    return run.promise;
  });
  return { begun, paths, sync };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('who comes while a sync is under way shares the next one, which begins after it', async () => {
  const { begun, paths, sync } = controlled();
  const done: string[] = [];
  const ask = (name: string, path: string) => sync(path).then(() => done.push(name));
  const first = ask('first', 'a');
  await turn();
  const later = [ask('second', 'a'), ask('third', 'a'), ask('elsewhere', 'b')];
  await turn();
  expect(paths).toEqual(['a', 'b']);
  begun[0]?.resolve();
  await first;
  await turn();
  expect({ paths, done }).toEqual({ paths: ['a', 'b', 'a'], done: ['first'] });
  const last = ask('last', 'a');
  for (const run of begun) run.resolve();
  await Promise.all(later);
  await turn();
  begun[3]?.resolve();
  await last;
  expect({ paths, done: done.toSorted() }).toEqual({
    paths: ['a', 'b', 'a', 'a'],
    done: ['elsewhere', 'first', 'last', 'second', 'third'],
  });
});

test('a sync that fails fails for those who waited for it, and for nobody else', async () => {
  const { begun, sync } = controlled();
  const first = sync('a');
  await turn();
  const [second, third] = [sync('a'), sync('a')];
  begun[0]?.reject(new Error('no space'));
  await expect(first).rejects.toThrow('no space');
  await turn();
  begun[1]?.reject(new Error('no disk'));
  await expect(second).rejects.toThrow('no disk');
  await expect(third).rejects.toThrow('no disk');
  const fourth = sync('a');
  await turn();
  begun[2]?.resolve();
  await expect(fourth).resolves.toBeUndefined();
});
