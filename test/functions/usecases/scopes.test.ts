import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../functions/usecases/authenticate.ts';
import type { Principal } from '../../../functions/usecases/principal.ts';
import { readScope } from '../../../functions/usecases/read-scope.ts';
import { writeScope } from '../../../functions/usecases/write-scope.ts';

const is = (principal: Principal) => ({ identify: async () => principal });
const writer = is({ cluster: 'prod', scopes: ['write'] });
const reader = is({ cluster: 'prod', scopes: ['read'] });
const readerOfAll = is({ scopes: ['read'] });

test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'mk_abc', 'Bearer two words'])('%j is no credential', async (header) => {
  await expect(authenticate(writer, header)).rejects.toMatchObject({ code: 'unauthorized' });
});

describe('scopes are apart', () => {
  test('who writes does not read', async () => {
    expect(await writeScope(writer, 'Bearer x')).toBe('prod');
    await expect(readScope({ ...writer, openReads: false }, 'Bearer x')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('who reads does not write', async () => {
    expect(await readScope({ ...reader, openReads: false }, 'Bearer x')).toEqual({ cluster: 'prod' });
    await expect(writeScope(reader, 'Bearer x')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('who reads every cluster writes for none', async () => {
    expect(await readScope({ ...readerOfAll, openReads: false }, 'Bearer x')).toEqual({});
    await expect(writeScope(readerOfAll, 'Bearer x')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('where nobody needs a key to read, one that writes is no reason to refuse', async () => {
    expect(await readScope({ ...writer, openReads: true }, undefined)).toEqual({});
    expect(await readScope({ ...writer, openReads: true }, 'Bearer x')).toEqual({ cluster: 'prod' });
  });
});
