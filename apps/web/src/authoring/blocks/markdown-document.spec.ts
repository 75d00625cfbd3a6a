import { describe, expect, it } from '@jest/globals';
import { markdownDocument } from './block-extensions.js';

const { parse, write } = {
  parse: (markdown: string) => markdownDocument.parse(markdown),
  write: (markdown: string) => markdownDocument.write(markdownDocument.parse(markdown)),
};

describe('Markdown through the block editor', () => {
  it.each([
    ['paragraphs', 'One.\n\nTwo.'],
    ['headings', '# One\n\n## Two\n\n### Three'],
    ['emphasis', 'Some *light*, **strong**, ~~gone~~ and `code`.'],
    ['mixed emphasis', '**strong and *both* of them**'],
    ['a link', 'See [our rules](https://example.org/rules "The rules").'],
    ['a bullet list', '- one\n- two\n  - inner\n- three'],
    ['a numbered list', '3. three\n4. four'],
    [
      'a long numbered list',
      Array.from({ length: 11 }, (_, n) => `${String(n + 1).padStart(2)}. item`).join('\n'),
    ],
    ['a quote', '> Said once.\n>\n> Said twice.'],
    ['code', '```ts\nconst a = 1;\n\nconst b = `x`;\n```'],
    ['code with fences', '````\n```\ninner\n```\n````'],
    ['a rule', 'Above\n\n---\n\nBelow'],
    ['a picture', '![A plan](media:6f1ad1f2-58a0-4c1b-9d51-0d6d2b0b2f4e "Exits")'],
    ['a table', '| What | Where |\n| --- | --- |\n| **Exit** | left |\n| a \\| b | `c` |'],
    ['a line break', 'One\\\nTwo'],
    ['what looks like Markdown', '1\\* 2\\_ # \\[x\\] \\`y\\`'],
    ['what looks like HTML', 'a \\<b> and \\&amp; and a < b & c'],
  ])('keeps %s to the letter', (_, markdown) => {
    expect(
      write(markdown)
        .trimEnd()
        .replace(/^ (?=\d)/gm, ' '),
    ).toBe(markdown);
    expect(markdownDocument.fits(markdown)).toBe(true);
  });

  it.each([
    ['another bullet', '* one\n* two', '- one\n- two'],
    ['an underlined heading', 'Title\n=====', '# Title'],
    ['a loose list', '- one\n\n- two', '- one\n- two'],
    ['a bare address', 'See https://example.org.', 'See <https://example.org>.'],
    ['an indented block', '    code', '```\ncode\n```'],
  ])('writes %s its own way, and loses nothing', (_, markdown, written) => {
    expect(write(markdown).trimEnd()).toBe(written);
    expect(markdownDocument.fits(markdown)).toBe(true);
  });

  it('takes HTML for the text that learners see it as', () => {
    const document = parse('<script>alert(1)</script> <b onclick="x">b</b>');
    expect(document.textContent).toBe('<script>alert(1)</script> <b onclick="x">b</b>');
    expect(document.childCount).toBe(1);
  });

  it.each(['[x](javascript:alert(1))', '![x](data:text/html,x)', '[x](vbscript:x)'])(
    'makes no link of %s',
    (markdown) => {
      expect(JSON.stringify(parse(markdown).toJSON())).not.toMatch(/"href"|"src"/);
    },
  );

  it('says so when something would be lost', () => {
    expect(markdownDocument.fits('- a\n\n      code in a list\n\n- b')).toBe(true);
    expect(markdownDocument.fits('![a **strong** word](https://example.org/a.png)')).toBe(true);
    expect(markdownDocument.fits('[![picture](https://a.example/a.png)](https://b.example)')).toBe(true);
  });

  it('is the same after any number of rounds', () => {
    const once = write('# A\n\n* b\n    1. c\n\n> d\n\n| e |\n|---|\n| f |\n\n**g***h*');
    expect(write(once)).toBe(once);
  });
});
