import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { stripAnsi } from '../../../core/signatures/strip-ansi.ts';

const esc = '\u001B';

describe('stripAnsi', () => {
  test.each([
    ['colours', `${esc}[31mERROR${esc}[0m failed`, 'ERROR failed'],
    ['256 colours', `${esc}[38;5;196mred${esc}[m`, 'red'],
    ['cursor moves and erasing', `a${esc}[2K${esc}[1Gb`, 'ab'],
    ['private modes', `${esc}[?25lhidden${esc}[?25h`, 'hidden'],
    ['a title', `${esc}]0;my title\u0007text`, 'text'],
    ['a link closed by ESC \\', `${esc}]8;;https://x/${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    ['eight-bit control', '\u009B1mbold\u009B0m', 'bold'],
    ['a two-character escape', `${esc}cclear`, 'clear'],
    ['a sequence that was cut off', `text${esc}[31`, 'text'],
    ['a title that was cut off, up to the line end', `${esc}]0;title\nnext`, '\nnext'],
    ['a lone escape', `a${esc}`, 'a'],
    ['plain text with brackets', 'array[0m] is [31m', 'array[0m] is [31m'],
  ])('%s', (_, text, plain) => {
    expect(stripAnsi(text)).toBe(plain);
  });

  test('leaves text without escapes as it is, and leaves no escape', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(esc, '[', ']', '3', ';', 'm', '\u0007', '\\', 'é', '\n', '\u009B', 'x')), (parts) => {
        const plain = stripAnsi(parts.join(''));
        expect(plain.includes(esc) || plain.includes('\u009B')).toBe(false);
        expect(stripAnsi(plain)).toBe(plain);
      }),
    );
  });
});
