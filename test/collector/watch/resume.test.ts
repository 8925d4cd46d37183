import { describe, expect, test } from 'vitest';
import { openWatch, sendJson, sendStatus } from '../support/api-double.ts';
import { turn } from '../support/manual-clock.ts';
import { item, list, startReflector } from './support/start-reflector.ts';

describe('after a restart', () => {
  const versions = (last: string) => {
    const noted: string[] = [];
    const seen: (Date | 'now')[] = [];
    return {
      last: { version: last, at: new Date('2026-11-22T10:50:00Z') },
      noted,
      note: (version: string) => void noted.push(version),
      seen,
      seenUpTo: (at: Date | 'now') => void seen.push(at),
    };
  };

  test('what happened meanwhile is watched first, then listed, then watched on', async () => {
    const version = versions('7');
    const run = await startReflector(
      [
        (response) => sendJson(response, 200, list('10')),
        (response) => {
          const watch = openWatch(response);
          watch.line('MODIFIED', item('a', '8'));
          watch.line('DELETED', item('b', '9'));
        },
        (response) => sendJson(response, 200, list('10', ['a'])),
      ],
      { version },
    );
    await run.until('DELETED b');
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.until('ended 10 1 gap since 11:00:01');
    expect(run.seen).toEqual(['MODIFIED a', 'DELETED b', 'starts after 9', 'list', 'listed a', 'ended 10 1 gap since 11:00:01']);
    await run.double.requests(4);
    expect(run.queries().map(({ resourceVersion, timeoutSeconds }) => [resourceVersion, timeoutSeconds])).toEqual([
      ['7', undefined],
      ['7', '60'],
      [undefined, undefined],
      ['10', '270'],
    ]);
    expect(version.noted).toEqual(['8', '9', '10']);
  });

  test('what the server has no more is left to the list', async () => {
    const run = await startReflector(
      [
        (response) => sendJson(response, 200, list('90')),
        (response) => sendStatus(response, 410, 'too old resource version: 7 (80)'),
        (response) => sendJson(response, 200, list('90', ['a'])),
      ],
      { version: versions('7') },
    );
    await run.until('ended 90 1 gap since 10:50:00');
    expect(run.seen).toEqual(['starts after 7', 'list', 'listed a', 'ended 90 1 gap since 10:50:00']);
  });

  test('a server that never had the version is listed as a new one', async () => {
    const tooLarge = { kind: 'Status', message: 'Too large resource version: 7, current: 3' };
    const run = await startReflector(
      [(response) => sendJson(response, 504, tooLarge), (response) => sendJson(response, 200, list('3', ['a']))],
      { version: versions('7') },
    );
    await run.until('ended 3 1 gap since 10:50:00');
    expect(run.seen).toEqual(['list', 'listed a', 'ended 3 1 gap since 10:50:00']);
  });

  test('the next process hears from where on nothing was missed: the start of the list, and now while the watch is live', async () => {
    const version = versions('7');
    let open: ReturnType<typeof openWatch> | undefined;
    const run = await startReflector(
      [
        (response) => sendJson(response, 200, list('10')),
        (response) => sendStatus(response, 410, 'too old resource version: 7 (80)'),
        (response) => sendJson(response, 200, list('90')),
        (response) => void (open = openWatch(response)),
      ],
      { version },
    );
    while (run.reflector.state().phase !== 'open') await turn();
    await run.clock.advance(6000);
    open?.line('ADDED', item('a', '91'));
    await run.until('ADDED a');
    await turn();
    open?.reset();
    await run.sleeping(1000);
    const [listed, live] = [new Date('2026-11-22T11:00:00Z'), new Date('2026-11-22T11:00:06Z')];
    expect(version.seen).toEqual([listed, 'now', live]);
  });

  test('a line that could not be handled is not passed over by the next process', async () => {
    const version = versions('7');
    const run = await startReflector(
      [
        (response) => sendJson(response, 200, list('10')),
        (response) => {
          const watch = openWatch(response);
          watch.line('MODIFIED', item('broken', '8'));
          watch.line('MODIFIED', item('a', '9'));
        },
      ],
      { version },
    );
    await run.until('MODIFIED a');
    await turn();
    expect(version.noted).toEqual([]);
  });
});
