import { describe, expect, it } from '@jest/globals';
import { link, prefixLines, type Selection, wrap } from './markdown-edit.js';

/** "ab|cd|ef": what stands between the bars is selected. */
function read(marked: string): Selection {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|') - 1;
  return { text: marked.replaceAll('|', ''), start, end: Math.max(start, end) };
}

const show = ({ text, start, end }: Selection): string =>
  `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;

describe(wrap.name, () => {
  it('sets marks around the selection and takes them away again', () => {
    const bold = wrap(read('a |word| b'), '**', 'text');
    expect(show(bold)).toBe('a **|word|** b');
    expect(show(wrap(bold, '**', 'text'))).toBe('a |word| b');
  });

  it('offers words to type over where nothing is selected', () => {
    expect(show(wrap(read('a || b'), '*', 'text'))).toBe('a *|text|* b');
  });
});

describe(prefixLines.name, () => {
  it('marks every line that the selection touches, and unmarks them again', () => {
    const list = prefixLines(read('zero\none |two\nthree| four\nfive'), '- ');
    expect(show(list)).toBe('zero\n|- one two\n- three four|\nfive');
    expect(show(prefixLines(list, '- '))).toBe('zero\n|one two\nthree four|\nfive');
  });

  it('counts', () => {
    expect(prefixLines(read('|a\nb|'), (line) => `${line + 1}. `).text).toBe('1. a\n2. b');
  });
});

describe(link.name, () => {
  it('selects the address, to be typed over', () => {
    expect(show(link(read('see |this|'), 'text'))).toBe('see [this](|https://|)');
  });
});
