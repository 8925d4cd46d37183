import { array, assert, constantFrom, dictionary, integer, jsonValue, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../../collector/watch/read-page.ts';
import { readWatchLine } from '../../../collector/watch/read-watch.ts';
import { watchedResources } from '../../../collector/watch/watched-resources.ts';
import { recordedLines } from '../support/recorded.ts';

const unread = new Set(['managedFields', 'annotations']);
const reading = { unread, hashed: true };

/** Any JSON, written with blanks and escapes where JSON allows them: `style` says how. */
function write(value: unknown, style: number): string {
  const text = JSON.stringify(value, null, [0, 1, 4][style % 3]);
  return style % 2 === 0 ? text.replaceAll('\n', ' ') : text.replaceAll('\n', '\t').replaceAll('/', String.raw`\/`);
}

const key = constantFrom('managedFields', 'annotations', 'labels', 'name', 'uid', 'resourceVersion', 'metadata', 'x"}\\', 'é', '{"', '');
const metadata = dictionary(key, jsonValue(), { maxKeys: 8 });
const content = record({ kind: string(), metadata, spec: jsonValue(), status: jsonValue() }, { requiredKeys: [] });
const styles = integer({ min: 0, max: 5 });
const types = constantFrom('ADDED', 'MODIFIED', 'DELETED');

/** What is left of an object when what nobody reads is taken out of what a parser makes of the whole. */
function leanOf(object: unknown): unknown {
  const parsed: { metadata?: Record<string, unknown> } = JSON.parse(JSON.stringify(object));
  for (const name of unread) delete parsed.metadata?.[name];
  return parsed;
}

const bytesOf = (type: string, object: unknown, style = 0): Buffer => Buffer.from(write({ type, object }, style));
/** In the order in which an API server writes it. */
const versioned = (object: { readonly kind?: string; readonly metadata?: object }, resourceVersion: string) => {
  const { kind, metadata: own, ...rest } = object;
  return { ...(kind !== undefined && { kind }), metadata: { ...own, uid: 'u', resourceVersion }, ...rest };
};
/** All that the hash is of. */
function hashedOf(object: { readonly metadata?: object }): string {
  return JSON.stringify(leanOf({ ...versioned(object, ''), kind: undefined }), (name, value) =>
    name === 'resourceVersion' ? undefined : value,
  );
}

describe('a line of a watch', () => {
  test('reads as the whole line does, without what nobody reads', () => {
    assert(
      property(types, content, styles, (type, object, style) => {
        const whole = versioned(object, '7');
        const line = readWatchLine(bytesOf(type, whole, style), reading);
        expect(line).toMatchObject({ kind: 'change', type, resourceVersion: '7' });
        expect(line.kind === 'change' && line.object).toEqual(leanOf(whole));
      }),
      { numRuns: 1000 },
    );
  });

  test('of what is no event, or no JSON, is a fault', () => {
    assert(
      property(content, styles, integer({ min: 1, max: 400 }), (object, style, cut) => {
        const bytes = bytesOf('ADDED', versioned(object, '7'), style);
        const line = readWatchLine(Buffer.from(bytes.subarray(0, Math.max(0, bytes.length - cut))), reading);
        expect(line).toMatchObject({ kind: 'fault' });
      }),
    );
    expect(readWatchLine(Buffer.from('<html>'), reading)).toMatchObject({ kind: 'fault' });
    expect(readWatchLine(bytesOf('OTHER', versioned({}, '7')), reading)).toMatchObject({ kind: 'fault' });
  });

  test('has the hash of another exactly when they read the same but for the version', () => {
    assert(
      property(content, content, styles, (a, b, style) => {
        const [first, again, other] = [versioned(a, '7'), versioned(a, '8'), versioned(b, '9')].map((object) => {
          const line = readWatchLine(bytesOf('MODIFIED', object, style), reading);
          return line.kind === 'change' ? line.rawHash : undefined;
        });
        expect(first).toMatch(/^[\w-]{16}$/);
        expect(again).toBe(first);
        expect(other === first).toBe(hashedOf(a) === hashedOf(b));
      }),
      { numRuns: 500 },
    );
  });

  test('has no hash where the metadata does not come first', () => {
    const line = readWatchLine(Buffer.from('{"type":"ADDED","object":{"spec":1,"metadata":{"uid":"u","resourceVersion":"7"}}}'), reading);
    expect(line).toEqual({
      kind: 'change',
      type: 'ADDED',
      object: { spec: 1, metadata: { uid: 'u', resourceVersion: '7' } },
      resourceVersion: '7',
      rawHash: undefined,
    });
  });

  test('that says what is known is a bookmark, unless it says that the object is gone', () => {
    const asked: string[] = [];
    const knows = (uid: string, rawHash: string): boolean => asked.push(`${uid} ${rawHash}`) > 0;
    const object = versioned({ metadata: { name: 'p', annotations: { a: 'b' } } }, '7');
    expect(readWatchLine(bytesOf('MODIFIED', object), { ...reading, knows })).toEqual({ kind: 'bookmark', resourceVersion: '7' });
    expect(readWatchLine(bytesOf('ADDED', object), { ...reading, knows })).toEqual({ kind: 'bookmark', resourceVersion: '7' });
    expect(readWatchLine(bytesOf('DELETED', object), { ...reading, knows })).toMatchObject({ kind: 'change', type: 'DELETED' });
    expect(asked).toHaveLength(2);
  });
});

describe('a page of a list', () => {
  test('has the objects that a parser finds in the whole, without what nobody reads', () => {
    assert(
      property(array(content, { maxLength: 5 }), styles, (objects, style) => {
        const items = objects.map((object) => versioned(object, '7'));
        const page = readPage(
          Buffer.from(write({ kind: 'List', metadata: { resourceVersion: '9', continue: 'c' }, items }, style)),
          reading,
        );
        expect(page).toMatchObject({ resourceVersion: '9', token: 'c' });
        expect([...(page?.items ?? [])].map(({ object }) => object)).toEqual(items.map(leanOf));
      }),
      { numRuns: 300 },
    );
  });

  test('gives an object the hash that its watch gives it', () => {
    const object = versioned({ metadata: { name: 'p' } }, '7');
    const page = readPage(Buffer.from(write({ metadata: { resourceVersion: '9' }, items: [object] }, 0)), reading);
    const line = readWatchLine(bytesOf('MODIFIED', { kind: 'Pod', apiVersion: 'v1', ...versioned(object, '8') }), reading);
    expect([...(page?.items ?? [])].map(({ rawHash }) => rawHash)).toEqual([line.kind === 'change' && line.rawHash]);
  });

  test('is none where something is missing', () => {
    const whole = write({ metadata: { resourceVersion: '9' }, items: [versioned({}, '1'), versioned({}, '2')] }, 0);
    for (let length = 0; length < whole.length; length += 1) expect(readPage(Buffer.from(whole.slice(0, length)), reading)).toBeUndefined();
    expect(readPage(Buffer.from(`${whole} x`), reading)).toBeUndefined();
    expect(readPage(Buffer.from('{"metadata":{},"items":[]}'), reading)).toBeUndefined();
  });
});

test.each(watchedResources.map(({ plural, unread: ofResource }) => [plural, ofResource] as const))(
  '%s: what a real API server said reads the same, whole and lean',
  (plural, ofResource) => {
    for (const { type, object } of recordedLines('s24-seed-story', plural)) {
      const line = readWatchLine(bytesOf(type, object), { unread: ofResource, hashed: true });
      const { metadata: said, ...rest } = object;
      const read = Object.entries(said ?? {}).filter(([name]) => !ofResource.has(name));
      expect(line).toMatchObject({ kind: 'change', type, rawHash: expect.stringMatching(/^[\w-]{16}$/) });
      expect(line.kind === 'change' && line.object).toEqual({ ...rest, metadata: Object.fromEntries(read) });
    }
  },
);
