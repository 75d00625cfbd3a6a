import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

describe(csvOf.name, () => {
  it('quotes what needs it and leaves numbers alone', () => {
    expect(
      csvOf([
        ['a', 'b, c'],
        ['say "x"', -3],
        [null, 'line\nbreak'],
      ]),
    ).toBe('\uFEFFa,"b, c"\r\n"say ""x""",-3\r\n,"line\nbreak"\r\n');
  });

  it('keeps a spreadsheet from running what people typed', () => {
    expect(csvOf([['=HYPERLINK("http://evil")', '@SUM(A1)', '+1', '-2']])).toContain(
      `"'=HYPERLINK(""http://evil"")",'@SUM(A1),'+1,'-2`,
    );
  });
});
