import { describe, expect, test } from 'vitest';
import { formatCsv } from '../../../cli/output/format-csv.ts';
import { sparkline, sparklineStyle } from '../../../cli/output/sparkline.ts';

describe('sparkline', () => {
  test.each([
    [[0, 1, 4, 8], ' ▁▄█', ' .=@'],
    [[0, 0], '  ', '  '],
    [[1, 1000], '▁█', '.@'],
    [[], '', ''],
  ])('%j', (counts, unicode, ascii) => {
    expect([sparkline(counts, 'unicode'), sparkline(counts, 'ascii')]).toEqual([unicode, ascii]);
  });

  test('many counts are summed into at most thirty columns, and none is lost', () => {
    const counts = Array.from({ length: 90 }, (_, index) => (index === 89 ? 1 : 0));
    expect(sparkline(counts, 'ascii')).toBe(`${' '.repeat(29)}@`);
  });

  test.each([
    [false, { LANG: 'en_US.UTF-8' }, undefined],
    [true, { LANG: 'en_US.UTF-8' }, 'unicode'],
    [true, { LANG: 'C.utf8' }, 'unicode'],
    [true, { LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'ascii'],
    [true, { LANG: 'en_US.UTF-8', LC_ALL: '' }, 'unicode'],
    [true, { LANG: 'en_US.UTF-8', TERM: 'dumb' }, 'ascii'],
    [true, {}, 'ascii'],
  ])('terminal %s with %j draws in %s', (isTerminal, env, style) => {
    expect(sparklineStyle(isTerminal, env)).toBe(style);
  });
});

test('CSV keeps what a spreadsheet would run as text, and lines as cells', () => {
  expect(
    formatCsv(
      ['a', 'b'],
      [
        ['=1+1', 'x,"y"'],
        ['two\nlines', 3],
        ['\u001b[31mred', '@x'],
      ],
    ),
  ).toBe('a,b\r\n\'=1+1,"x,""y"""\r\n"two\nlines",3\r\nred,\'@x');
});
